"""The placement engine 配置の計算: pure functions over integers; no database, clock or unseeded chance."""
