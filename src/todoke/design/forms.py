"""One renderer for every input: label, help, error and control always stand in the same order."""

from django.forms.renderers import TemplatesSetting


class FieldRenderer(TemplatesSetting):
    field_template_name = "design/field.html"
    form_template_name = "design/form.html"
