"""The job that looks through lists of contacts, imports them and takes imports back (`product.md` 11)."""

from bot.services.import_orders import ContactImports


def import_contacts(imports: ContactImports) -> str:
    """Carry out every order on which nobody works; return what was done."""
    return imports.run()
