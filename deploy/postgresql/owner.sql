-- Separates the owner of the tables from the role of the application, so that the application cannot remove the
-- triggers of the audit. Run as the database administrator, in the database "todoke": after roles.sql for a new
-- installation, or once, with all servers and workers stopped, for one whose role "todoke" still owns the tables.
SELECT 'CREATE ROLE todoke_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'todoke_owner') \gexec
REASSIGN OWNED BY todoke TO todoke_owner;
ALTER DATABASE todoke OWNER TO todoke_owner;
ALTER SCHEMA public OWNER TO todoke_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC, todoke;
REVOKE todoke_owner FROM todoke;
ALTER ROLE todoke NOSUPERUSER NOCREATEDB NOCREATEROLE;

-- The application reads and writes rows; it owns nothing, and empties, alters and drops nothing.
GRANT USAGE ON SCHEMA public TO todoke;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM todoke;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO todoke;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO todoke;
ALTER DEFAULT PRIVILEGES FOR ROLE todoke_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO todoke;
ALTER DEFAULT PRIVILEGES FOR ROLE todoke_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO todoke;

-- The reader of the replica also reads what later migrations make.
GRANT SELECT ON ALL TABLES IN SCHEMA public TO todoke_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE todoke_owner IN SCHEMA public GRANT SELECT ON TABLES TO todoke_reader;
