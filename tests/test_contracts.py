"""The contract between the folders of the web is itself held to breaking when it should."""

from grimp import ImportGraph

from tests.contracts import SiblingFolders


def holds(*imports: tuple[str, str]) -> bool:
    graph = ImportGraph()
    modules = (
        "web", "web.app", "web.access",
        "web.plans", "web.plans.routes", "web.waves", "web.waves.routes",
    )  # fmt: skip
    for module in modules:
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    contract = SiblingFolders(name="", session_options={}, contract_options={"parent": "web"})
    return contract.check(graph, verbose=False).kept


def test_folders_may_share_what_lies_beside_them_and_be_put_together_there() -> None:
    assert holds(
        ("web.app", "web.plans"),
        ("web.app", "web.waves.routes"),
        ("web.plans.routes", "web.access"),
        ("web.waves.routes", "web.access"),
        ("web.plans", "web.plans.routes"),
    )


def test_a_folder_may_not_import_another() -> None:
    assert not holds(("web.plans.routes", "web.waves.routes"))


def test_nor_by_way_of_a_module_beside_them() -> None:
    assert not holds(("web.plans.routes", "web.app"), ("web.app", "web.waves"))
