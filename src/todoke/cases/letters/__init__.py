"""Letters 通知書: issued with a decision, rendered to PDF, printed in batches and posted."""
