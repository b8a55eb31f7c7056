"""Static files 静的ファイル: how styles and scripts are collected, named and compressed."""
