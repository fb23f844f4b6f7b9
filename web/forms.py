"""How every form is drawn: label, hint, error, input, in that order."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Draws forms with the project's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
