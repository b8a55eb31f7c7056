"""Simulation 試算: discrete-event replications of a flow under stated conditions."""
