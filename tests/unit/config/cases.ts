import assert from "node:assert/strict";
import { ConfigError, loadConfig } from "../../../config";
import type { StackConfig } from "../../../config/stackConfig";
import type { ConfigProblem } from "../../../config/problems";
import { stackValues } from "../../support/mocks";

/** Keys of a stack, without the project's prefix. */
export type Keys = Readonly<Record<string, unknown>>;

/** The shortest configurations of the two deployment types on a cluster that is there. */
export const STRIMZI = { platform: "kubeconfig" };
export const STATEFULSET = { ...STRIMZI, kafkaDeploymentType: "statefulset" };

/** A digest as images have it. */
export const DIGEST = `sha256:${"0123456789abcdef".repeat(4)}`;
export const INTERNAL = { name: "internal", port: 9092, type: "internal" };
/** What an internal listener gets unless it has peers of its own. */
export const ANY_POD = { networkPolicyPeers: [{ namespaceSelector: {} }] };
/** What a load balancer gets beside its own annotations, unless they say otherwise. */
export const INTERNAL_LOAD_BALANCER = {
    "service.beta.kubernetes.io/aws-load-balancer-internal": "true",
    "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
    "service.beta.kubernetes.io/azure-load-balancer-internal": "true",
    "networking.gke.io/load-balancer-type": "Internal",
};
export const NODE_PORT = {
    name: "nodes",
    port: 9094,
    type: "nodePort",
    advertisedHosts: ["node.example.com"],
    basePort: 30100,
};

/** What is expected and given where a key is unknown. */
export const UNKNOWN = ["one of the keys that the documentation lists", "an unknown key"] as const;

export const kafka = (fields: Keys) => ({ kafka: fields });
export const properties = (fields: Keys) => ({ kafka: { config: fields } });
export const zookeeper = (fields: Keys) => ({ zookeeper: fields });
export const strimzi = (fields: Keys) => ({ strimzi: fields });
export const listeners = (...list: unknown[]) => ({ listeners: list });
export const topics = (...list: unknown[]) => ({ topics: list });
export const users = (...list: unknown[]) => ({ users: list });

/** The configuration of a deployment type. */
export function load<T extends StackConfig["kafkaDeploymentType"]>(
    type: T,
    keys: Keys,
): StackConfig & { kafkaDeploymentType: T } {
    const values = { platform: "kubeconfig", kafkaDeploymentType: type, ...keys };
    return loadConfig(stackValues(values)) as StackConfig & { kafkaDeploymentType: T };
}

/** All that is wrong with a configuration. */
export function problemsOf(keys: Keys): readonly ConfigProblem[] {
    try {
        loadConfig(stackValues(keys));
    } catch (error) {
        assert.ok(error instanceof ConfigError);
        return error.problems;
    }
    return [];
}

/** What is configured, the key of its only problem, what is expected there, and what is reported as given. */
export type BadCase = readonly [configured: Keys, key: string, expected: string, given: string];

/** Tests that each case has the one problem that it names. */
export function refuses(base: Keys, groups: Readonly<Record<string, readonly BadCase[]>>): void {
    for (const [what, cases] of Object.entries(groups)) {
        describe(`refuses ${what}`, () => {
            for (const [configured, key, expected, given] of cases) {
                it(`${key}: ${given.length > 40 ? `${given.slice(0, 40)}…` : given}`, () => {
                    // What is proposed has tests of its own.
                    const problems = problemsOf({ ...base, ...configured }).map((problem) => ({
                        key: problem.key,
                        expected: problem.expected,
                        given: problem.given,
                    }));
                    assert.deepEqual(problems, [{ key, expected, given }]);
                });
            }
        });
    }
}

/** Tests that nothing is wrong with any of the configurations. */
export function accepts(base: Keys, configurations: Readonly<Record<string, Keys>>): void {
    describe("accepts", () => {
        for (const [what, keys] of Object.entries(configurations)) {
            it(what, () => assert.deepEqual(problemsOf({ ...base, ...keys }), []));
        }
    });
}
