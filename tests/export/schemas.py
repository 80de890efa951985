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
                "id": {"type": "string", "pattern": "^[a-z]+:"},
                "type": {"const": "Annotation"},
                "motivation": {"enum": ["identifying", "tagging", "describing"]},
                "target": {
                    "oneOf": [
                        {"$ref": "#/$defs/target"},
                        {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/target"}},
                    ]
                },
            },
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
            "minItems": 1,
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
                    "text": {"required": ["headline"]},
                    "unique_id": {"type": "string"},
                    "autolink": {"type": "boolean"},
                },
            },
        },
    },
}

SCHEMA_ORG = {
    # https://schema.org/NewsArticle, Event, Person and Claim.
    "type": "object",
    "required": ["@context", "@graph"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@graph": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["@type", "@id"],
                "properties": {
                    "@type": {"enum": ["NewsArticle", "Event", "Person", "Claim"]},
                    "@id": {"type": "string", "pattern": "^(https?|urn):"},
                    "headline": {"type": "string", "maxLength": 110},
                    "datePublished": {"type": "string", "format": "date"},
                    "appearance": {"type": "array", "items": {"required": ["@id"]}},
                },
            },
        },
    },
}
