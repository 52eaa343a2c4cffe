import assert from "node:assert/strict";
import fc from "fast-check";
import type { Listener } from "../../../../../components/kafka/listeners";
import { contentHash } from "../../../../../components/kubernetes/files";
import { addressSource } from "../../../../../components/statefulset/services/addresses";
import type { StatefulSetConfig } from "../../../../../config/stackConfig";
import { addressesOf, valid } from "../../validConfigs";

function isAssigned(listener: Listener): boolean {
    return listener.type === "loadBalancer" && listener.domain === undefined;
}

describe("addresses of listeners", () => {
    it("do not restart brokers for one that is added, but for addresses that a cloud assigns", () => {
        fc.assert(
            fc.property(valid, ({ config }) => {
                const more = {
                    ...config,
                    kafka: { ...config.kafka, replicas: config.kafka.replicas + 1 },
                };
                const sources = (each: StatefulSetConfig) =>
                    each.listeners.map((listener, n) =>
                        addressSource(listener, addressesOf(each)[n]!),
                    );
                config.listeners.forEach((listener, n) => {
                    const before = contentHash(sources(config)[n]);
                    const after = contentHash(sources(more)[n]);
                    assert.equal(before !== after, isAssigned(listener));
                });
            }),
        );
    });

    it("restart brokers for every address that changes", () => {
        const before = { bootstrap: "b:1", brokers: ["a:1"] };
        const after = { bootstrap: "b:1", brokers: ["c:1"] };
        const balancer: Listener = { name: "x", port: 9094, type: "loadBalancer", tls: false };
        const nodes: Listener = {
            name: "x",
            port: 9094,
            type: "nodePort",
            tls: false,
            advertisedHosts: ["a", "b"],
            basePort: 30000,
        };
        const sources = [
            addressSource({ ...balancer, type: "internal" }, before),
            addressSource({ ...balancer, type: "internal", port: 9095 }, before),
            addressSource(balancer, before),
            addressSource(balancer, after),
            addressSource(balancer, { ...before, bootstrap: "d:1" }),
            addressSource({ ...balancer, domain: "a.example.com" }, before),
            addressSource({ ...balancer, domain: "b.example.com" }, before),
            addressSource(nodes, before),
            addressSource({ ...nodes, basePort: 30010 }, before),
            addressSource({ ...nodes, advertisedHosts: ["b", "a"] }, before),
        ].map(contentHash);
        assert.equal(new Set(sources).size, sources.length);
        // A cloud's address is no part of what follows from a domain.
        const named: Listener = { ...balancer, domain: "a.example.com" };
        assert.deepEqual(addressSource(named, before), addressSource(named, after));
    });
});
