"""業務継続: backup and restore, health checks of an installation, and service while the database is away."""
