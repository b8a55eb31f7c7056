"""Lists 一覧: columns, filters, sort, paging by key, saved views and export, one way for every list of every face."""
