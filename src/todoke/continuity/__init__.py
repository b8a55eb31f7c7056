"""業務継続: backups and their restoring, the examination of an installation, and work while the database is away."""
