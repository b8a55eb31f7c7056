"""In the delivered containers, whoever serves people does not know the password of the owner of the tables."""

import re
import subprocess
from typing import Any

import yaml
from django.conf import settings

DEPLOY = settings.ROOT / "deploy"
SERVICES: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())["services"]
SERVING = ("web-a", "web-b", "worker-a", "worker-b")


def knowing(secret: str) -> set[str]:
    return {name for name, service in SERVICES.items() if f"${{{secret}}}" in str(service)}


def test_only_the_migration_and_the_database_itself_know_the_owners_password() -> None:
    assert knowing("OWNER_PASSWORD") == {"migrate", "primary"}
    assert knowing("POSTGRES_PASSWORD") == {"primary"}


def test_servers_and_workers_use_the_role_that_owns_nothing_and_wait_for_the_migration() -> None:
    for name in SERVING:
        service = SERVICES[name]
        assert service["environment"]["TODOKE_DATABASE"].startswith("postgresql://todoke:")
        assert service["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}
    assert SERVICES["migrate"]["environment"]["TODOKE_DATABASE"].startswith("postgresql://todoke_owner:")


def test_every_role_gets_a_password_of_its_own_when_the_database_is_made() -> None:
    sql = "".join((DEPLOY / "postgresql" / name).read_text() for name in ("roles.sql", "owner.sql"))
    script = DEPLOY / "compose" / "passwords.sh"
    given = re.findall(r"ALTER ROLE (\w+) PASSWORD :'(\w+)'", script.read_text())
    assert {role for role, _ in given} == set(re.findall(r"CREATE ROLE (\w+)", sql))
    assert len({variable for _, variable in given}) == len(given)
    subprocess.run(["sh", "-n", str(script)], check=True)
    order = [each for each in SERVICES["primary"]["volumes"] if "initdb" in each]
    assert [each.split("/")[-1][0] for each in order] == ["1", "2", "3"]
