"""The identities of things; each is a 63-bit integer made by `bot.clock.Ids`, unique across processes."""

from typing import NewType

WorkspaceId = NewType("WorkspaceId", int)
PersonId = NewType("PersonId", int)
TeamId = NewType("TeamId", int)
ContactId = NewType("ContactId", int)
GroupId = NewType("GroupId", int)
TemplateId = NewType("TemplateId", int)
EntryId = NewType("EntryId", int)
DraftId = NewType("DraftId", int)
TaskId = NewType("TaskId", int)
CampaignId = NewType("CampaignId", int)
OpportunityId = NewType("OpportunityId", int)
OperationId = NewType("OperationId", int)
DeliveryId = NewType("DeliveryId", int)
ImportId = NewType("ImportId", int)
ImportOrderId = NewType("ImportOrderId", int)
AttachmentId = NewType("AttachmentId", int)
SegmentId = NewType("SegmentId", int)
LoggedId = NewType("LoggedId", int)
"""A logged segment."""

SavedId = NewType("SavedId", int)
"""Saved segment criteria."""

FormId = NewType("FormId", str)
"""Made when a form opens; travels in its `private_metadata`; unique on the draft and on the entry."""

SlackUser = NewType("SlackUser", str)
SlackTeam = NewType("SlackTeam", str)
CardId = NewType("CardId", int)
DigestId = NewType("DigestId", int)
ExportId = NewType("ExportId", int)
RemovalId = NewType("RemovalId", int)
ArrivalId = NewType("ArrivalId", int)
"""What arrived by itself: a document, an e-mail."""
