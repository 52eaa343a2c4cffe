import assert from "node:assert/strict";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { REPOSITORY } from "../../../tools/cli/repository";
import { runProgram } from "../../support/mocks";
import { advertisedOf, revisionFilesOf, templateOf } from "../components/pods";

type Configuration = Readonly<Record<string, unknown>>;

const STATEFULSET = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const EXTERNAL = { name: "external", port: 9094, type: "loadBalancer" };
const NODES = {
    ...EXTERNAL,
    type: "nodePort",
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};
const { "kafka-eks:eks": eks, ...PROD } = readStackConfig(REPOSITORY, "prod", {});
const SHARED = {
    ...PROD,
    ...STATEFULSET,
    platform: "eks",
    eks: {
        publicAccessCidrs: ["192.0.2.0/24"],
        ...(JSON.parse(eks!) as object),
        loadBalancers: { layout: "shared" },
        brokerNodes: { perZone: 2 },
    },
};

/** Stacks whose brokers get no other addresses when one is added. */
const STACKS: Readonly<Record<string, Configuration>> = {
    "an internal listener": { ...STATEFULSET, listeners: [INTERNAL] },
    "node ports": { ...STATEFULSET, listeners: [INTERNAL, NODES] },
    "a domain": {
        ...STATEFULSET,
        listeners: [INTERNAL, { ...EXTERNAL, domain: "kafka.example.com" }],
    },
    "a shared load balancer": { ...SHARED, listeners: [INTERNAL, EXTERNAL] },
    "certificates of their own": { ...STATEFULSET, certificates: { source: "cert-manager" } },
    "no certificates": { ...STATEFULSET, certificates: { source: "none" } },
};

/** What the pods of the brokers are made of, and where it is. */
async function brokersOf(config: Configuration, kafka: object) {
    const { resources, error } = await runProgram({ ...config, kafka });
    assert.equal(error, undefined);
    return {
        template: templateOf(resources.object("StatefulSet", "kafka")),
        files: revisionFilesOf(resources, "kafka"),
        advertised: advertisedOf(resources),
    };
}

describe("a broker that is added", () => {
    for (const [what, config] of Object.entries(STACKS)) {
        it(`restarts none of the others with ${what}`, async () => {
            const [three, four] = [
                await brokersOf(config, { replicas: 3 }),
                await brokersOf(config, { replicas: 4 }),
            ];
            assert.deepEqual(four.template, three.template);
            assert.deepEqual(four.files, three.files);
            // The others' addresses stay, and the new one has its own.
            assert.equal(four.advertised.name, three.advertised.name);
            const { "advertised-3": added, ...others } = four.advertised.data;
            assert.deepEqual(others, three.advertised.data);
            assert.match(added!, /^REPLICATION:\/\/kafka-3\./);
        });
    }

    it("restarts the others where the cloud gives the addresses, which are in the certificate", async () => {
        const config = { ...STATEFULSET, listeners: [INTERNAL, EXTERNAL] };
        const [three, four] = [
            await brokersOf(config, { replicas: 3 }),
            await brokersOf(config, { replicas: 4 }),
        ];
        assert.deepEqual(four.files, three.files);
        assert.notDeepEqual(four.template, three.template);
        assert.notEqual(four.advertised.name, three.advertised.name);
    });

    it("is not like another property, with which files, their name and the pods change", async () => {
        const config = STACKS["an internal listener"]!;
        const [one, other] = [
            await brokersOf(config, {}),
            await brokersOf(config, { config: { "log.retention.hours": 24 } }),
        ];
        assert.notEqual(other.files.name, one.files.name);
        assert.match(other.files.data["server.properties"]!, /^log\.retention\.hours=24$/m);
        assert.notDeepEqual(other.template, one.template);
        assert.deepEqual(other.template.spec.volumes[0]!.projected.sources[0]!.configMap, {
            name: other.files.name,
        });
    });
});
