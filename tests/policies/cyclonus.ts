import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A matcher of network policies that is not ours, pinned; Go builds it once and keeps it. */
const CYCLONUS = "github.com/mattfenwick/cyclonus/cmd/cyclonus@v0.5.6";

/** One end of a connection. */
export interface Endpoint {
    readonly ip: string;
    /** `undefined` where it is no pod. */
    readonly pod?: {
        readonly namespace: string;
        readonly labels: Readonly<Record<string, string>>;
    };
}

/** A connection that somebody may try. */
export interface Connection {
    readonly from: Endpoint;
    readonly to: Endpoint;
    readonly port: number;
    readonly protocol: "TCP" | "UDP";
}

/** Whether there is a Go to build the matcher with. */
export function hasGo(): boolean {
    return spawnSync("go", ["version"]).status === 0;
}

/** Whether each connection is allowed by NetworkPolicies, in the matcher's judgement. */
export function judge(policies: readonly object[], connections: readonly Connection[]): boolean[] {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-policies-"));
    try {
        const policyFile = join(directory, "policies.json");
        const trafficFile = join(directory, "traffic.json");
        const list = {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicyList",
            items: policies,
        };
        writeFileSync(policyFile, JSON.stringify(list));
        writeFileSync(trafficFile, JSON.stringify(connections.map(traffic)));
        const analyze = ["analyze", "--mode", "query-traffic", "--verbosity", "error"];
        const files = ["--policy-path", policyFile, "--traffic-path", trafficFile];
        // From a directory without a module of its own, which would decide on the versions.
        const output = execFileSync("go", ["run", CYCLONUS, ...analyze, ...files], {
            cwd: directory,
            encoding: "utf8",
            maxBuffer: 1 << 30,
        });
        return verdicts(output, connections.length);
    } finally {
        rmSync(directory, { recursive: true });
    }
}

/** The matcher prints a table for each connection, whose last line is the verdict. */
function verdicts(output: string, count: number): boolean[] {
    const found = [...output.matchAll(/^\|\s*IS ALLOWED\?\s*\|\s*(TRUE|FALSE)\s*\|/gim)];
    if (found.length !== count) {
        throw new Error(`expected ${count} verdicts of cyclonus, got ${found.length}`);
    }
    return found.map(([, verdict]) => verdict!.toUpperCase() === "TRUE");
}

function traffic({ from, to, port, protocol }: Connection): object {
    return {
        Source: peer(from),
        Destination: peer(to),
        ResolvedPort: port,
        Protocol: protocol,
    };
}

function peer({ ip, pod }: Endpoint): object {
    return {
        IP: ip,
        ...(pod && {
            Internal: {
                Namespace: pod.namespace,
                // What the API server puts on every namespace.
                NamespaceLabels: { "kubernetes.io/metadata.name": pod.namespace },
                PodLabels: pod.labels,
            },
        }),
    };
}
