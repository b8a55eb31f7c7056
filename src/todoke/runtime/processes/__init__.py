"""Processes: what is done before a fork, and who watches the processes that are forked."""
