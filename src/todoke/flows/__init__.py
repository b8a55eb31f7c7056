"""業務フロー: step tables, BPMN, simulation and mining."""
