-- Run once as the database administrator, in the database "todoke", then owner.sql. Give passwords with \password.
-- The role of servers and workers.
CREATE ROLE todoke LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
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

-- Follows the primary, and takes base backups.
CREATE ROLE todoke_replication LOGIN REPLICATION;
