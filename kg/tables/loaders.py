"""All loaders of tables and data sets, for the registry of loaders."""

from importlib import import_module

__all__ = ["LOADERS"]

# Modules with a tuple LOADERS. Importing one must be cheap: what is heavy is imported when a file is read.
_MODULES = (
    "kg.tables.un_votes",
    "kg.tables.gdelt",
    "kg.tables.icews",
    "kg.tables.us_visits",
    "kg.tables.us_relations",
    "kg.tables.us_chiefs",
    "kg.tables.cow_igo",
    "kg.tables.reign",
    "kg.tables.comtrade",
    "kg.tables.treaties",
    "kg.tables.own",
)

LOADERS = tuple(loader for module in _MODULES for loader in import_module(module).LOADERS)
