import assert from "node:assert/strict";
import type { ListenerEntry } from "../../../../../components/kafka/clientAccess";
import type { Listener } from "../../../../../components/kafka/listeners";
import {
    advertisedConfigMap,
    withKeysThatAreThere,
} from "../../../../../components/statefulset/brokers/advertised";
import { AnsweringCluster } from "../../../../support/answeringCluster";

const DNS = { namespace: "streams", clusterDomain: "cluster.local" };
const INTERNAL: Listener = { name: "internal", port: 9092, type: "internal", tls: false };
const NODES: Listener = {
    name: "external",
    port: 9094,
    type: "nodePort",
    tls: false,
    advertisedHosts: ["a.example"],
    basePort: 30100,
};
const BALANCERS: Listener = { name: "external", port: 9094, type: "loadBalancer", tls: false };

const entry = ({ name, type, tls }: Listener, ...brokers: string[]): ListenerEntry => ({
    name,
    type,
    tls,
    bootstrap: "bootstrap:9092",
    brokers,
});

/** The ConfigMap of two brokers, unless there are more. */
function configMap(
    listeners: readonly Listener[],
    { replicas = 2, domain = DNS.clusterDomain, brokers = ["x:1", "y:2", "z:3"] } = {},
) {
    return advertisedConfigMap(
        { ...DNS, clusterDomain: domain, replicas, listeners },
        listeners.map((each) => entry(each, ...brokers)),
    );
}

describe("advertisedConfigMap", () => {
    const { name, data } = configMap([INTERNAL, NODES]);

    it("has a key for each broker", () => {
        assert.match(name, /^kafka-advertised-[0-9a-f]{16}$/);
        const host = "kafka-headless.streams.svc.cluster.local:9091";
        assert.deepEqual(data, {
            "advertised-0": `REPLICATION://kafka-0.${host},INTERNAL://x:1,EXTERNAL://x:1`,
            "advertised-1": `REPLICATION://kafka-1.${host},INTERNAL://y:2,EXTERNAL://y:2`,
        });
    });

    it("is another one for whatever brokers of an earlier revision can't have", () => {
        const others: Readonly<Record<string, { readonly name: string }>> = {
            "a listener less": configMap([INTERNAL]),
            "a listener more": configMap([INTERNAL, NODES, { ...INTERNAL, name: "second" }]),
            "another order": configMap([NODES, INTERNAL]),
            "another name": configMap([INTERNAL, { ...NODES, name: "outside" }]),
            "another port": configMap([{ ...INTERNAL, port: 9100 }, NODES]),
            "another type": configMap([INTERNAL, { ...INTERNAL, name: "external", port: 9094 }]),
            "another node port": configMap([INTERNAL, { ...NODES, basePort: 30200 }]),
            "another host": configMap([INTERNAL, { ...NODES, advertisedHosts: ["b.example"] }]),
            "a domain": configMap([INTERNAL, { ...BALANCERS, domain: "a.example" }]),
            "another port in a domain": configMap([
                INTERNAL,
                { ...BALANCERS, domain: "a.example", port: 9095 },
            ]),
            "another domain": configMap([INTERNAL, { ...BALANCERS, domain: "b.example" }]),
            "the cloud's addresses": configMap([INTERNAL, BALANCERS]),
            "others of the cloud": configMap([INTERNAL, BALANCERS], { brokers: ["x:1", "y:3"] }),
            "another domain of the cluster": configMap([INTERNAL, NODES], {
                domain: "k8s.example",
            }),
        };
        const names = [name, ...Object.values(others).map((each) => each.name)];
        assert.equal(new Set(names).size, names.length);
    });

    it("gets a key more for another broker, and nothing else", () => {
        const { "advertised-2": added, ...kept } = configMap([INTERNAL, NODES], {
            replicas: 3,
        }).data;
        assert.deepEqual(kept, data);
        assert.match(added!, /EXTERNAL:\/\/z:3$/);
        assert.equal(configMap([INTERNAL, NODES], { replicas: 3 }).name, name);
    });

    it("stays the same where only the protection of a listener changes", () => {
        assert.deepEqual(configMap([{ ...INTERNAL, tls: true }, NODES]), { name, data });
    });
});

describe("withKeysThatAreThere", () => {
    const made = configMap([INTERNAL]);
    const live = (name: string, data: object) =>
        new AnsweringCluster([
            { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "streams" }, data },
        ]);

    it("keeps those of brokers that are to go, and sends its own", async () => {
        const cluster = live(made.name, {
            "advertised-1": "by hand",
            "advertised-2": "A://2:1",
            other: "",
        });
        assert.deepEqual(await withKeysThatAreThere(cluster, "streams", made), {
            ...made.data,
            "advertised-2": "A://2:1",
        });
    });

    it("takes none of another ConfigMap", async () => {
        const cluster = live("kafka-advertised-0123", { "advertised-2": "A://2:1" });
        assert.deepEqual(await withKeysThatAreThere(cluster, "streams", made), made.data);
    });
});
