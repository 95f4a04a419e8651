"""A province of small cities, each built for itself, all served by real nginx on origins of their own.

Cities are north-1, north-2, … with invented names, each with one entry that only holds what the others begin with.
A city can be stopped and built again.
"""

from contextlib import ExitStack, contextmanager
import datetime as dt
from pathlib import Path
import shutil

from real_nginx import deploy, free_port, own, started
import small_sites
import yaml

from site_builder.config.load import load_site
from site_builder.decide.examine import Options
from site_builder.progress import Silent
from site_builder.releasing.pipeline import Target
from site_builder.releasing.province import build_province
from site_builder.search.lookup.decode import decode

AS_OF = small_sites.AS_OF
LAST = dt.date(2027, 3, 9)
"""The last day of a honour of each city."""
NAMES = "甲乙丙丁戊己庚辛壬癸子丑寅卯"
"""A character each for the names of cities."""

TRADES = "食品建筑物流纺织医药化工印刷餐饮园林海运船舶钢构服装家具电子矿业农机渔业"
"""Two characters each name a trade."""


def entries(number, count=6):
    """Severe entries of the ``number``-th city: names, codes and document numbers of its own."""
    found = []
    for place in range(count):
        at = 2 * ((number * 5 + place) % (len(TRADES) // 2))
        name = f"演示{NAMES[number - 1]}{TRADES[at : at + 2]}{place}号有限公司"
        found.append(
            small_sites.entry(
                f"N{number}-{place:03}",
                subject_name=name if place else f"共有演示{TRADES[at : at + 2]}有限公司",
                subject_code=small_sites.credit_code(1000 * number + place, "91210211"),
                decision_no=f"{'演示罚' if place else '罚演示'}〔2024〕{number}-{place}号",
                listed_on=dt.date(2024, 5, 12) + dt.timedelta(days=(7 * number + 3 * place) % 60),
            )
        )
    return [*found, small_sites.person(f"N{number}-P", subject_name=f"演示某{NAMES[number - 1]}")]


def free_ports(number):
    """So many different ports nothing listens on."""
    found = set()
    while len(found) < number:
        found.add(free_port())
    return sorted(found)


class City:
    """One member: its site file, where it is served, and what it publishes."""

    def __init__(self, folder, number, port, base="/"):
        self.id, self.number, self.base, self.port = f"north-{number}", number, base, port
        self.folder = folder / self.id
        self.name = f"信用演示{NAMES[number - 1]}市"
        self.output = self.folder / "out"
        self.site = small_sites.write_site(
            self.folder, site__name=self.name, site__base_url=self.origin, site__base_path=base
        )
        self.rows = entries(number)
        self.made = 0

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def build(self, **options):
        self.made += 1
        lists = {
            "measures": [small_sites.measure(f"M{self.number}-1")],
            "models": [small_sites.model(f"R{self.number}-1", valid_through=LAST)],
        }
        version = f"2026.11.18.{self.made}"
        export = small_sites.write_export(
            self.folder / f"export{self.made}", severe=self.rows, version=version, **lists
        )
        small_sites.build_site(self.site, export, self.output, allow=["vanished", "shrink"], **options)

    @property
    def root(self):
        return small_sites.live_root(self.output)

    @property
    def address(self):
        return self.origin + self.base

    def rows_of_index(self):
        """What its lookup holds, the oldest first: audited to be what it publishes."""
        folder = self.root / "search" / "lookup"
        return list(decode(small_sites.files_of(folder)))

    def member(self):
        """What the province's site file says of it."""
        return {"id": self.id, "name": self.name, "base_url": self.origin, "base_path": self.base}


def write_province(folder, members, **changes):
    """Write a site folder ``folder/province/`` and return its ``site.yml``; ``changes`` as of a small site."""
    home = folder / "province"
    home.mkdir(parents=True)
    described = {
        "site": {"name": "信用演示省", "base_url": "https://province.example", "theme": "credit", "demo": True},
        "unit": {"owner": "演示主办单位"},
        "member_sites": members,
    }
    for key, value in changes.items():
        section, _, name = key.partition("__")
        if name:
            described.setdefault(section, {})[name] = value
        else:
            described[section] = value
    (home / "site.yml").write_text(yaml.safe_dump(described, allow_unicode=True, sort_keys=False))
    return home / "site.yml"


def build_site_of_members(site_file, output, *, as_of=AS_OF, today=None, allow=(), **target):
    """Build a province through its pipeline."""
    site = load_site(site_file, members=True)
    options = Options(export=site.folder, as_of=as_of, today=today, allow=frozenset(allow))
    return build_province(site, options, Target(output=output, themes=small_sites.THEMES, **target), Silent())


@contextmanager
def served(folder, sites):
    """Real nginx over sites, ``{name: (site file, output, port)}``, each as ``deploy-files`` sets it up."""
    folder.mkdir()
    confs = folder / "confs"
    confs.mkdir()
    logs = own(folder / "logs")
    for name, (site_file, output, port) in sites.items():
        setup = folder / "setup" / name
        deploy(setup, site_file, output, "--name", name, "--listen", f"127.0.0.1:{port}", "--logs", logs)
        shutil.copy(setup / "nginx" / f"{name}.conf", confs)
    with started(folder, f"{confs}/*.conf", next(iter(sites.values()))[2]):
        yield logs


class Province:
    """Cities and the province over them, all being served; ``stops`` ends the server of a city by its id."""

    def __init__(self, cities, site, url, output, logs):
        self.cities, self.site, self.url, self.output, self.logs, self.stops = cities, site, url, output, logs, {}

    @property
    def root(self):
        return small_sites.live_root(self.output, "province")


@contextmanager
def running(folder, number, *, alone=()):
    """A province of so many cities; those ``alone`` (by place) have a server of their own."""
    folder = Path(folder)
    bases = ["/", "/credit/"]
    port, *ports = free_ports(number + 1)
    cities = [City(folder / "cities", place + 1, one, bases[place % 2]) for place, one in enumerate(ports)]
    for city in cities:
        city.build()
    members = [city.member() for city in cities]
    site = write_province(folder, members, site__base_url=f"http://127.0.0.1:{port}")
    output = folder / "out"
    build_site_of_members(site, output)
    together = {"province": (site, output, port)}
    together |= {
        city.id: (city.site, city.output, city.port) for place, city in enumerate(cities) if place not in alone
    }
    with ExitStack() as stack:
        logs = stack.enter_context(served(folder / "together", together))
        province = Province(cities, site, f"http://127.0.0.1:{port}/", output, logs)
        for place in alone:
            city = cities[place]
            own_stack = stack.enter_context(ExitStack())
            own_stack.enter_context(served(folder / f"alone-{place}", {city.id: (city.site, city.output, city.port)}))
            province.stops[city.id] = own_stack.close
        yield province
