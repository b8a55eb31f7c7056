"""The role matrix 権限表: the reviewed table, and one real thing behind each of its addresses."""
