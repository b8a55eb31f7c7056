"""Simulation 試算: discrete-event simulation of a step table by independent replications."""
