"""What a form is filled with before and while somebody types (`domain.md` 2.1)."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.contacts import Contact
from bot.domain.inheritance import correspondence_for, in_its_language, language_for, with_template
from bot.domain.interactions import Form, Template
from bot.services.campaign_choices import while_it_runs
from storage.work import Work


def rounded_up(instant: datetime, zone: str) -> datetime:
    """Return the local moment, rounded up to the next whole minute; one second counts (`domain.md` 2.1; line 10)."""
    local = (instant + timedelta(seconds=1)).astimezone(ZoneInfo(zone))
    whole = local.replace(second=0, microsecond=0)
    return whole if whole == local.replace(microsecond=0) else whole + timedelta(minutes=1)


def with_defaults(work: Work, before: Form, form: Form) -> Form:
    """Return the form with what a newly chosen template or contact brings along (`domain.md` 2.1)."""
    template = work.templates.get(form.template) if form.template else None
    if template is None:
        return form
    contact = work.contacts.get(form.contact) if form.contact else None
    if form.contact != before.contact:
        form = preferred(replace(form, opportunity=None), template, contact)
    if form.template == before.template:
        return form if form.language == before.language else in_its_language(form, template)
    old = work.templates.get(before.template) if before.template else None
    chosen = while_it_runs(work, template)
    return preferred(with_template(form, chosen, old), template, contact)


def preferred(form: Form, template: Template, contact: Contact | None) -> Form:
    chosen = replace(
        form,
        correspondence=correspondence_for(template, contact.correspondence if contact else None),
        language=language_for(template, contact.language if contact else None),
    )
    return in_its_language(chosen, template)


def retired(work: Work, form: Form) -> Template | None:
    """Return the form's template if nobody can choose it any more."""
    template = work.templates.get(form.template) if form.template else None
    return template if template is not None and not template.active else None
