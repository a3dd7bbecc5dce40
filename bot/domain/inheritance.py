"""What a form takes over from its template (`domain.md` 2.1)."""

from dataclasses import replace

from bot.domain.interactions import Correspondence, Form, Template


def with_template(form: Form, template: Template, before: Template | None) -> Form:
    """Return the form after choosing `template`; `before` is the one that stood there (`domain.md` 2.1).

    The description is replaced when it is blank or still the old template's text; the template's campaign
    applies only where none is chosen.
    """
    inherited = not form.description.strip() or (
        before is not None and form.description in before.descriptions
    )
    return replace(
        form,
        template=template.id,
        description=template.description if inherited else form.description,
        duration=str(template.duration or ""),
        cost=template.cost,
        flow=template.flow,
        initiated_by=template.initiated_by,
        campaign=form.campaign or template.campaign,
    )


def correspondence_for(template: Template, preference: Correspondence | None) -> Correspondence | None:
    """Return the correspondence type: the template's where it ignores the contact or he has none, else his."""
    if template.ignore_contact or preference is None:
        return template.correspondence
    return preference


def language_for(template: Template, preference: str | None) -> str | None:
    """Return the contact's language if the template has it, else the template's default.

    A contact who writes `nb-NO` gets `nb` where there is nothing nearer.
    """
    wanted = (preference or "").replace("_", "-").casefold()
    near = (wanted, wanted.partition("-")[0])
    found = (code for name in near for code in template.languages if code.casefold() == name)
    return next(found, template.language)


def in_its_language(form: Form, template: Template) -> Form:
    """Return the form with the template's words in the form's language, where they are still the template's."""
    if form.description not in template.descriptions:
        return form
    return replace(form, description=template.described(form.language))
