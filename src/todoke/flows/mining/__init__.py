"""Process mining プロセスマイニング: event logs, discovery, conformance checking and calibration of a step table."""
