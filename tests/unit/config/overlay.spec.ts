import assert from "node:assert/strict";
import { OVERLAY_FIELDS, type OverlayField } from "../../../config/rules/overlay";
import { accepts, type BadCase, load, refuses, STRIMZI, strimzi, UNKNOWN } from "./cases";

const overlay = (resource: string, spec: unknown) => strimzi({ overlay: { [resource]: { spec } } });
const pod = (fields: object) => ({ template: { pod: fields } });
const SPEC = "strimzi.overlay.kafka.spec";
const BROKERS = "strimzi.overlay.brokers.spec";

/** A value at a path. */
function nested(path: readonly string[], value: unknown): unknown {
    return path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
}

/** Every place where nothing may stand, with its reason. */
function ownedPlaces(field: OverlayField, path: readonly string[] = []): [string[], string][] {
    if (typeof field === "string") {
        return [[[...path], field]];
    }
    return field === true
        ? []
        : Object.entries(field).flatMap(([name, inner]) => ownedPlaces(inner, [...path, name]));
}

const OWNED = Object.entries(OVERLAY_FIELDS).flatMap(([resource, fields]) =>
    ownedPlaces(fields).map(([path, why]): BadCase => [
        overlay(resource, nested(path, "mine")),
        `strimzi.overlay.${resource}.spec.${path.join(".")}`,
        `nothing: ${why}`,
        '"mine"',
    ]),
);

describe("overlay over Strimzi's resources", () => {
    refuses(STRIMZI, { "what the program manages": OWNED });

    it("leaves alone what a promise depends on", () => {
        const keys = OWNED.map(([, key]) => key);
        for (const key of [
            `${SPEC}.kafka.version`,
            `${SPEC}.kafka.listeners`,
            `${SPEC}.kafka.authorization`,
            `${SPEC}.kafka.config`,
            `${SPEC}.kafka.quotas`,
            `${SPEC}.kafka.template.podDisruptionBudget`,
            `${SPEC}.entityOperator.template.topicOperatorContainer`,
            `${BROKERS}.replicas`,
            `${BROKERS}.roles`,
            `${BROKERS}.storage`,
            `${BROKERS}.resources`,
            `${BROKERS}.template.pod.topologySpreadConstraints`,
            `${BROKERS}.template.pod.securityContext`,
            "strimzi.overlay.controllers.spec.replicas",
        ]) {
            assert.ok(keys.includes(key), key);
        }
    });

    refuses(STRIMZI, {
        "what has no place": [
            [
                overlay("brokers", pod({ hostNetwork: true })),
                `${BROKERS}.template.pod.hostNetwork`,
                "nothing: no pod of the program is part of its node",
                "true",
            ],
            [
                overlay("kafka", { zookeeper: {} }),
                `${SPEC}.zookeeper`,
                "one of kafka, entityOperator, clusterCa, clientsCa, cruiseControl, kafkaExporter, " +
                    "maintenanceTimeWindows, which Strimzi knows there",
                "an object",
            ],
            [overlay("kafka", { kafka: 3 }), `${SPEC}.kafka`, "an object", "3"],
            [overlay("brokers", { template: [] }), `${BROKERS}.template`, "an object", "a list"],
            [
                overlay("kafka", { cruiseControl: { config: [{ a: null }] } }),
                `${SPEC}.cruiseControl.config[0].a`,
                "a value: an overlay takes nothing away",
                "null",
            ],
            [
                overlay("kafka", { entityOperator: null }),
                `${SPEC}.entityOperator`,
                "a value: an overlay takes nothing away",
                "null",
            ],
            [
                strimzi({ overlay: { kafka: { spec: {}, metadata: {} } } }),
                "strimzi.overlay.kafka.metadata",
                ...UNKNOWN,
            ],
            [
                strimzi({ dualRole: true, overlay: { controllers: { spec: {} } } }),
                "strimzi.overlay.controllers",
                "nothing with strimzi.dualRole true: the brokers are the controllers",
                "an object",
            ],
        ],
    });

    const exporter = { kafkaExporter: { topicRegex: ".*" } };
    accepts(STRIMZI, {
        "what the program does not manage": {
            strimzi: {
                overlay: {
                    kafka: { spec: { ...exporter, kafka: { jmxOptions: {} }, clusterCa: {} } },
                    brokers: { spec: pod({ schedulerName: "mine", hostAliases: [] }) },
                    controllers: { spec: { template: { persistentVolumeClaim: {} } } },
                },
            },
        },
    });

    it("is handed on as it is", () => {
        const { strimzi: given } = load("strimzi", overlay("kafka", exporter));
        assert.deepEqual(given.overlay, { kafka: { spec: exporter } });
        assert.ok(!("overlay" in load("strimzi", {}).strimzi));
    });
});
