import assert from "node:assert/strict";
import { requireNamespaces, run, type Sandbox } from "./sandbox";

/** The servers, and how each of them starts. */
const SERVERS = [
    {
        server: "a broker",
        script: "start-kafka.sh",
        program: "kafka-server-start",
        key: "kafka.image",
    },
    {
        server: "a member of ZooKeeper",
        script: "start-zookeeper.sh",
        program: "zookeeper-server-start",
        key: "zookeeper.image",
    },
];

/** What the kubelet writes, on a node that has a domain of its own. */
const resolvConf = (...search: string[]) =>
    `search ${search.join(" ")} eu.node.example\nnameserver 10.96.0.10\noptions ndots:5\n`;

/** The search list of a pod of a namespace in a cluster with a domain. */
const searchOf = (namespace: string, domain: string) => [
    `${namespace}.svc.${domain}`,
    `svc.${domain}`,
    domain,
];

for (const { server, script, program, key } of SERVERS) {
    describe(`checks before ${server} starts`, function () {
        this.timeout(20_000);

        before(function () {
            requireNamespaces(this);
        });

        /** Starts it in the namespace `kafka`, for a cluster with the domain `cluster.local`. */
        const start = (sandbox: Sandbox = {}) =>
            run(script, {
                files: { "server.properties": "", "advertised-0": "" },
                programs: { [program]: "" },
                ...sandbox,
                env: {
                    POD_NAME: "server-0",
                    SERVICE_DOMAIN: "kafka.svc.cluster.local",
                    SERVER_HEAP_OPTS: "-Xmx1g",
                    ...sandbox.env,
                },
            });

        it("end it at once in an image without its program, and say so in a sentence", () => {
            const { status, stderr } = start({ programs: {} });
            assert.equal(status, 1);
            assert.equal(
                stderr,
                `${key}: expected an image with ${program} on PATH or in /opt/kafka/bin, got one without it. ` +
                    "Next: name another image, such as Confluent's or Apache's, and run pulumi up.\n",
            );
        });

        it("find the program of Apache's images", () => {
            const { status, stdout } = start({
                programs: {},
                replace: [
                    [
                        "set -euo pipefail\n",
                        `set -euo pipefail
                        mount -t tmpfs tmpfs /opt && mkdir -p /opt/kafka/bin
                        printf '#!/usr/bin/env bash\\necho started' >/opt/kafka/bin/${program}.sh
                        chmod +x /opt/kafka/bin/${program}.sh\n`,
                    ],
                ],
            });
            assert.deepEqual([status, stdout], [0, "started\n"]);
        });

        it("let it start in a cluster of the domain that it was made for", () => {
            for (const [services, domain] of [
                ["kafka.svc.cluster.local", "cluster.local"],
                ["kafka.svc.corp.example", "corp.example"],
            ] as const) {
                const { status, calls } = start({
                    env: { SERVICE_DOMAIN: services },
                    resolvConf: resolvConf(...searchOf("kafka", domain)),
                });
                assert.deepEqual([status, calls.length], [0, 1]);
            }
        });

        it("end it at once in a cluster of another domain, and say which", () => {
            const search = searchOf("kafka", "corp.example");
            const { status, stderr, calls } = start({ resolvConf: resolvConf(...search) });
            assert.deepEqual([status, calls], [1, []]);
            assert.equal(
                stderr,
                'clusterDomain: expected "corp.example", which this pod\'s /etc/resolv.conf has, got "cluster.local". ' +
                    "Next: set kafka-eks:clusterDomain to corp.example and run pulumi up.\n",
            );
        });

        it("take no domain for another one that only begins or ends like it", () => {
            for (const domain of ["cluster.local.example", "my.cluster.local", "cluster.loca"]) {
                const { status } = start({ resolvConf: resolvConf(...searchOf("kafka", domain)) });
                assert.equal(status, 1, domain);
            }
        });

        it("let it start where Kubernetes tells no domain, and mind no other namespace", () => {
            const other = searchOf("my-kafka", "corp.example");
            for (const text of ["", "nameserver 10.0.0.2", resolvConf(), resolvConf(...other)]) {
                const { status, calls } = start({ resolvConf: text });
                assert.deepEqual([status, calls.length], [0, 1], text);
            }
        });
    });
}
