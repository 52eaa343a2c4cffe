import assert from "node:assert/strict";
import { ListenersConfigMapError } from "../../../../tools/client/errors";
import { fetchListeners, parseListeners } from "../../../../tools/client/listenersConfigMap";

const INTERNAL = {
    name: "internal",
    type: "internal",
    tls: false,
    bootstrap: "kafka-bootstrap.kafka.svc.cluster.local:9092",
    brokers: [
        "kafka-0.kafka-headless.kafka.svc.cluster.local:9092",
        "kafka-1.kafka-headless.kafka.svc.cluster.local:9092",
    ],
};

/** Asserts that a directory is refused with this message. */
function assertRefused(text: string, message: RegExp): void {
    assert.throws(
        () => parseListeners(text, "kafka"),
        (error) => error instanceof ListenersConfigMapError && message.test(error.message),
    );
}

describe("parseListeners", () => {
    it("reads listeners with one or several bootstrap addresses", () => {
        const ports = {
            name: "ports",
            type: "nodePort",
            tls: true,
            authentication: { type: "scram-sha-512" },
            bootstrap: "10.0.0.1:32000,10.0.0.2:32000",
            brokers: ["10.0.0.1:32001"],
        };
        assert.deepEqual(parseListeners(JSON.stringify([INTERNAL, ports]), "kafka"), [
            INTERNAL,
            ports,
        ]);
    });

    it("reads a listener whose brokers' addresses the brokers alone know", () => {
        const external = {
            name: "external",
            type: "loadBalancer",
            tls: false,
            bootstrap: "lb.example:9094",
            brokers: [],
        };
        assert.deepEqual(parseListeners(JSON.stringify([external]), "kafka"), [external]);
    });

    it("refuses what is not JSON", () => {
        assertRefused(
            "",
            /^key listeners\.json of ConfigMap kafka-listeners in namespace kafka is/,
        );
    });

    it("refuses an empty list", () => {
        assertRefused("[]", /is wrong: the list: /);
    });

    it("names the field that is wrong", () => {
        assertRefused(
            JSON.stringify([{ ...INTERNAL, brokers: ["kafka-0"] }]),
            /0\.brokers\.0: expected an address host:port/,
        );
        assertRefused(JSON.stringify([{ ...INTERNAL, type: "route" }]), /0\.type: /);
        assertRefused(
            JSON.stringify([{ ...INTERNAL, brokers: [] }]),
            /0\.brokers: expected an address of each broker, given none$/,
        );
    });
});

describe("fetchListeners", () => {
    it("says what to do when the ConfigMap is missing", async () => {
        const core = {
            readNamespacedConfigMap: () =>
                Promise.reject(Object.assign(new Error(), { code: 404 })),
        };
        await assert.rejects(fetchListeners(core, "kafka"), {
            name: "ListenersConfigMapError",
            message:
                "no kafka-listeners ConfigMap in namespace kafka; is Kafka deployed there by this program?",
        });
    });

    it("passes other errors on", async () => {
        const denied = Object.assign(new Error(), { code: 403 });
        const core = { readNamespacedConfigMap: () => Promise.reject(denied) };
        await assert.rejects(fetchListeners(core, "kafka"), denied);
    });
});
