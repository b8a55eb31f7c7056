"""Triggers 見張り: the database refuses to alter the record of what was taken away (append-only)."""

from todoke.audit.append_only_triggers import AppendOnlyTriggers

_DATA_EXPORTS = AppendOnlyTriggers("audit_dataexport", "data exports are append-only")
install, uninstall, are_installed = _DATA_EXPORTS.install, _DATA_EXPORTS.uninstall, _DATA_EXPORTS.are_installed
