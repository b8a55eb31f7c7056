"""Federation 認証連携: how persons were identified, and which level each act needs."""
