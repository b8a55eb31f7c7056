"""BPMN 2.0 (ISO/IEC 19510): reading and writing flows as other programs exchange them."""
