"""What the specifications ask of the formats that have no validator of their own."""

ANNOTATIONS = {
    # https://www.w3.org/TR/annotation-model/, sections 3, 4.2 and 5.
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationPage"},
        "items": {"type": "array", "items": {"$ref": "#/$defs/annotation"}},
    },
    "$defs": {
        "annotation": {
            "type": "object",
            "required": ["id", "type", "motivation", "body", "target"],
            "properties": {
                "id": {"type": "string", "pattern": "^urn:consilience:[a-z]+-[0-9a-f]+$"},
                "type": {"const": "Annotation"},
                "motivation": {
                    "enum": [
                        "assessing",
                        "classifying",
                        "describing",
                        "editing",
                        "identifying",
                        "linking",
                        "moderating",
                        "questioning",
                        "tagging",
                    ]
                },
                "body": {
                    "oneOf": [
                        {"$ref": "#/$defs/body"},
                        {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/body"}},
                    ]
                },
                "target": {
                    "oneOf": [
                        {"$ref": "#/$defs/one"},
                        {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/one"}},
                    ]
                },
            },
            "additionalProperties": False,
        },
        "body": {
            "type": "object",
            "oneOf": [
                {
                    "required": ["type", "value", "format", "purpose"],
                    "properties": {
                        "type": {"const": "TextualBody"},
                        "value": {"type": "string", "minLength": 1},
                        "format": {"const": "text/plain"},
                    },
                },
                {
                    "required": ["type"],
                    "properties": {"type": {"const": "SpecificResource"}},
                    "allOf": [{"$ref": "#/$defs/target"}],
                },
            ],
        },
        "one": {
            "anyOf": [
                {"$ref": "#/$defs/target"},
                {"type": "string", "pattern": "^urn:consilience:[a-z]+-[0-9a-f]+$"},
            ]
        },
        "target": {
            "type": "object",
            "required": ["source", "selector"],
            "properties": {
                "source": {"type": "string", "pattern": "^(https?|urn):"},
                "selector": {
                    "type": "array",
                    "prefixItems": [
                        {
                            "required": ["type", "exact", "prefix", "suffix"],
                            "properties": {"type": {"const": "TextQuoteSelector"}},
                        },
                        {
                            "required": ["type", "start", "end"],
                            "properties": {
                                "type": {"const": "TextPositionSelector"},
                                "start": {"type": "integer", "minimum": 0},
                                "end": {"type": "integer", "minimum": 1},
                            },
                        },
                    ],
                },
            },
        },
    },
}

TIMELINEJS = {
    # https://timeline.knightlab.com/docs/json-format.html
    "type": "object",
    "required": ["events"],
    "properties": {
        "scale": {"enum": ["human", "cosmological"]},
        "title": {"type": "object", "required": ["text"]},
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["start_date", "text"],
                "properties": {
                    "start_date": {
                        "type": "object",
                        "required": ["year"],
                        "properties": {
                            "year": {"type": "integer"},
                            "month": {"type": "integer", "minimum": 1, "maximum": 12},
                            "day": {"type": "integer", "minimum": 1, "maximum": 31},
                            "hour": {"type": "integer", "minimum": 0, "maximum": 23},
                            "minute": {"type": "integer", "minimum": 0, "maximum": 59},
                        },
                        "additionalProperties": False,
                    },
                    "end_date": {"type": "object", "required": ["year"]},
                    "text": {"required": ["headline", "text"]},
                    "unique_id": {"type": "string"},
                    "autolink": {"type": "boolean"},
                },
            },
        },
    },
}

# https://schema.org/docs/full.html: the types we write, each with its terms and those of the types
# above it (CreativeWork, Thing …).
_THING = "name alternateName description identifier url"
_WORK = f"""{_THING} headline about author publisher datePublished dateModified inLanguage text
    keywords citation isBasedOn isPartOf"""
SCHEMA_ORG_TERMS = {
    "NewsArticle": f"{_WORK} articleBody",
    "Report": f"{_WORK} articleBody",
    "Event": f"{_THING} startDate endDate location contributor superEvent",
    "Person": _THING,
    "Organization": _THING,
    "Place": _THING,
    "Thing": _THING,
    "Claim": f"{_WORK} appearance firstAppearance",
    "ClaimReview": f"{_WORK} claimReviewed itemReviewed reviewRating",
    "Rating": _THING,
    "Quotation": f"{_WORK} spokenByCharacter",
}

# RFC 7946.
GEOJSON = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": ["string", "number"]},
                    "properties": {"type": ["object", "null"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": {
                                        "prefixItems": [
                                            {"type": "number", "minimum": -180, "maximum": 180},
                                            {"type": "number", "minimum": -90, "maximum": 90},
                                        ],
                                        "items": False,
                                        "minItems": 2,
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}

# https://specs.frictionlessdata.io/ (Data Package, Tabular Data Resource, Table Schema).
_NAME = {"type": "string", "pattern": "^([-a-z0-9._/])+$"}
DATA_PACKAGE = {
    "type": "object",
    "required": ["name", "resources", "profile"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": _NAME,
        "title": {"type": "string"},
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "profile", "schema"],
                "properties": {
                    "name": _NAME,
                    "path": {"type": "string", "pattern": "^(?=^[^./~])(^((?!\\.{2}).)*$).*$"},
                    "profile": {"const": "tabular-data-resource"},
                    "bytes": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "encoding": {"const": "utf-8"},
                    "schema": {
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "required": ["name", "type"],
                                    "properties": {
                                        "type": {"enum": ["string", "integer", "number", "boolean"]}
                                    },
                                },
                            },
                            "primaryKey": {"type": "string"},
                            "foreignKeys": {
                                "type": "array",
                                "items": {
                                    "required": ["fields", "reference"],
                                    "properties": {
                                        "reference": {"required": ["resource", "fields"]}
                                    },
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}
