"""Words between two brackets that are no links of notes, unless a note has that name."""

from typing import Final

# ECMA-262 (2025), 6.1.7.2, 10.2, 20.4 to 28.2: internal methods and slots, as texts about JavaScript write them.
_SLOTS: Final = frozenset(
    {
        *("ArrayBufferData", "AsyncGeneratorState", "BooleanData", "BoundArguments"),
        *("BoundTargetFunction", "BoundThis"),
        *("Call", "Class", "Configurable", "Construct", "ConstructorKind", "DateValue", "DefineOwnProperty", "Delete"),
        *("ECMAScriptCode", "Enumerable", "Environment", "ErrorData", "Extensible", "Fields", "FormalParameters"),
        *("GeneratorState", "Get", "GetOwnProperty", "GetPrototypeOf", "HasProperty", "HomeObject", "IsExtensible"),
        *("IsHTMLDDA", "MapData", "NumberData", "OwnPropertyKeys", "ParameterMap"),
        *("PreventExtensions", "PrimitiveValue"),
        *("PrivateEnvironment", "PromiseFulfillReactions", "PromiseRejectReactions", "PromiseResult", "PromiseState"),
        *("Prototype", "ProxyHandler", "ProxyTarget", "Put", "Realm", "RegExpMatcher", "Scope", "Scopes", "Set"),
        *("SetData", "SetPrototypeOf", "StringData", "SymbolData", "ThisMode", "ThisValue", "TypedArrayName", "Value"),
        *("VarNames", "ViewedArrayBuffer", "WeakMapData", "WeakSetData", "Writable"),
    }
)
# C++23, 9.12; C23, 6.7.13.
_ATTRIBUTES: Final = frozenset(
    {
        *("assume", "carries_dependency", "deprecated", "fallthrough", "likely", "maybe_unused", "no_unique_address"),
        *("nodiscard", "noreturn", "reproducible", "unlikely", "unsequenced"),
    }
)
NO_NOTES: Final = _SLOTS | _ATTRIBUTES
