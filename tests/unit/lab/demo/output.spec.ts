import assert from "node:assert/strict";
import { stripVTControlCharacters } from "node:util";
import { nextSteps } from "../../../../lab/demo/nextSteps";
import { brokerTable, timingTable, topicTable } from "../../../../lab/demo/tables";
import type { Engine } from "../../../../lab/pulumi/find";
import { LAB } from "../../../../lab";

const DESCRIPTION = {
    brokers: [
        { id: 0, host: "h", port: 1, isController: true, rack: "a" },
        { id: 1, host: "h", port: 2, isController: false },
    ],
    topics: [
        {
            topic: "hello",
            isInternal: false,
            minInsyncReplicas: 1,
            partitions: [
                { partition: 0, leader: 1, replicas: [1, 0], isr: [1, 0] },
                { partition: 1, replicas: [0], isr: [] },
            ],
        },
    ],
};

/** The cells of a table, without its frame. */
function cells(table: string): string[][] {
    return stripVTControlCharacters(table)
        .split("\n")
        .filter((line) => line.startsWith("│"))
        .map((line) =>
            line
                .split("│")
                .slice(1, -1)
                .map((cell) => cell.trim()),
        );
}

describe("the tables", () => {
    it("show the brokers", () => {
        assert.deepEqual(cells(brokerTable(DESCRIPTION)), [
            ["broker", "zone", "address", "controller"],
            ["0", "a", "h:1", "yes"],
            ["1", "-", "h:2", ""],
        ]);
    });

    it("show leaders and in-sync replicas of a topic", () => {
        assert.deepEqual(cells(topicTable(DESCRIPTION, "hello")), [
            ["topic", "partition", "leader", "replicas", "in sync (ISR)"],
            ["hello", "0", "1", "1, 0", "0, 1"],
            ["hello", "1", "none", "0", ""],
        ]);
    });

    it("show the time of each step and of all", () => {
        const timings = [
            { title: "a", ms: 1234 },
            { title: "b", ms: 500 },
        ];
        assert.deepEqual(cells(timingTable(timings)), [
            ["step", "time"],
            ["a", "1.2 s"],
            ["b", "0.5 s"],
            ["all", "1.7 s"],
        ]);
    });
});

describe("nextSteps", () => {
    const byKubectl = {
        choice: { engine: "kubectl", why: "" },
        directory: "/d",
        stack: "demo",
    } as const;

    it("has commands for the lab, and how to take it away", () => {
        const text = nextSteps({
            cluster: { isLab: true, kubeconfig: LAB.kubeconfig, context: "lab" },
            deployment: byKubectl,
            request: { namespace: "kafka" },
            bootstrap: "10.0.0.1:9092",
        });
        assert.match(text, /npm run -s lab -- kubectl --namespace kafka get pods/);
        assert.match(text, /KAFKA_BOOTSTRAP=10\.0\.0\.1:9092 npm run -s client -- .*--consume/);
        assert.match(text, /npm run demo -- --destroy$/m);
        assert.match(text, /npm run lab -- down$/m);
        assert.doesNotMatch(text, /pulumi/);
    });

    it("takes the CA from the cluster where the listener is encrypted", () => {
        const text = nextSteps({
            cluster: { isLab: false },
            deployment: byKubectl,
            request: { namespace: "n" },
            bootstrap: "10.0.0.1:9092",
            tls: true,
        });
        assert.ok(
            text.includes(
                "kubectl --namespace n get secret kafka-brokers-tls -o jsonpath='{.data.ca\\.crt}' | base64 -d >/tmp/kafka-ca.crt\n",
            ),
            text,
        );
        assert.match(
            text,
            /KAFKA_BOOTSTRAP=10\.0\.0\.1:9092 KAFKA_CA=\/tmp\/kafka-ca\.crt npm run -s client /,
        );
    });

    it("names the cluster and the namespace where they are not the usual ones", () => {
        const text = nextSteps({
            cluster: { isLab: false, context: "c" },
            deployment: byKubectl,
            request: { namespace: "n" },
        });
        assert.match(text, /kubectl --context c --namespace n get pods/);
        assert.match(text, /npm run -s health -- --context c --namespace n$/m);
        assert.match(text, /npm run demo -- --context c --namespace n --destroy --delete-data$/m);
        assert.doesNotMatch(text, /lab|KAFKA_BOOTSTRAP/);
    });

    it("leads to the stack when Pulumi deployed it", () => {
        const pulumi = { pulumi: { command: "/built/bin/pulumi" } } as Engine;
        const text = nextSteps({
            cluster: { isLab: false },
            deployment: { ...byKubectl, choice: { engine: "pulumi", why: "", pulumi } },
            request: { namespace: "kafka" },
        });
        assert.match(
            text,
            /PULUMI_BACKEND_URL=file:\/\/\/d\/backend .*\/built\/bin\/pulumi --cwd \/d\/project stack/,
        );
    });
});
