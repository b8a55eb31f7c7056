-- Run once as the database administrator, in the database "todoke". Give passwords with \password afterwards.
CREATE ROLE todoke LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER DATABASE todoke OWNER TO todoke;
ALTER SCHEMA public OWNER TO todoke;
ALTER ROLE todoke SET statement_timeout = '30s';
ALTER ROLE todoke SET lock_timeout = '5s';
ALTER ROLE todoke SET idle_in_transaction_session_timeout = '15s';
ALTER ROLE todoke SET timezone = 'UTC';

-- Reads from the replica while nothing can be written; no statement of this role can change anything.
CREATE ROLE todoke_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE todoke_reader SET default_transaction_read_only = on;
ALTER ROLE todoke_reader SET statement_timeout = '30s';
GRANT CONNECT ON DATABASE todoke TO todoke_reader;
GRANT USAGE ON SCHEMA public TO todoke_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO todoke_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE todoke IN SCHEMA public GRANT SELECT ON TABLES TO todoke_reader;

-- Follows the primary, and takes base backups.
CREATE ROLE todoke_replication LOGIN REPLICATION;
