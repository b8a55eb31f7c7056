"""Process mining プロセスマイニング: event logs read, discovered, compared with the drawn flow."""
