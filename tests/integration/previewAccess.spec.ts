import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesObject } from "@kubernetes/client-node";
import { parse, stringify } from "yaml";
import { PreviewAccess } from "../../components/eks/previewAccess";
import { REFUSAL } from "../../components/eks/previewRules";
import { labConfig } from "../../lab/demo/labConfig";
import { requireEngine } from "../../lab/pulumi/find";
import { openStack } from "../../lab/pulumi/stack";
import { LAB, labBinaries } from "../../lab";
import { waitFor } from "../../lab/wait";
import { toYamlStream } from "../../tools/render/files";
import { renderStack } from "../../tools/render/renderStack";
import { Cluster, loadKubeConfig } from "../support/cluster";
import { register } from "../support/mocks";
import { NODE_PORTS } from "../support/nodePorts";
import { skipAfterFailure } from "../support/skipAfterFailure";
import { StackUnderTest } from "../support/stackUnderTest";
import { applyStrimziCrds, strimziLabConfig } from "../support/strimziLabConfig";
import { commandsOf } from "../support/workflows";
import { requireLab } from "../support/lab";

const NAMESPACE = "kafka-test-preview";
/** Namespace whose service accounts preview: the program's client can't name groups to impersonate. */
const PREVIEWERS = "kafka-test-previewers";
const GROUP = `system:serviceaccounts:${PREVIEWERS}`;
/** Someone with the same permissions, who is not in the group. */
const OTHERS = `${NAMESPACE}:others`;
/** Namespace of service accounts without any. */
const NOBODY = "default";
const CRD = "kafkas.kafka.strimzi.io";

interface Answer {
    readonly ok: boolean;
    readonly output: string;
}

/** Runs kubectl with all permissions, or as a member of a group. */
function kubectl(args: readonly string[], group?: string, input = ""): Answer {
    const as = group === undefined ? [] : ["--as=ci", `--as-group=${group}`];
    const { status, stdout, stderr } = spawnSync(
        labBinaries().kubectl,
        [`--kubeconfig=${LAB.kubeconfig}`, ...as, ...args],
        { encoding: "utf8", input },
    );
    return { ok: status === 0, output: `${stdout}${stderr}` };
}

/** Applies objects server-side, as Pulumi's provider does. */
function apply(
    objects: readonly KubernetesObject[],
    group?: string,
    ...options: readonly string[]
): Answer {
    const args = ["apply", "--server-side", "--force-conflicts", ...options, "-f", "-"];
    return kubectl(args, group, toYamlStream(objects));
}

function accepted({ ok, output }: Answer): void {
    assert.ok(ok, output);
}

function refused({ ok, output }: Answer, why: RegExp): void {
    assert.ok(!ok, `accepted: ${output}`);
    assert.match(output, why);
}

/** In the words of Kubernetes: the group has not the right. */
const NO_RIGHT = /forbidden: User "[^"]+" cannot/;
const NOT_A_DRY_RUN = new RegExp(REFUSAL);

function configMap(name: string, namespace = NAMESPACE): KubernetesObject {
    return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace } };
}

/** Gives a group what it needs to preview a namespace's stack, and returns the objects that do. */
async function allowPreviews(group: string, namespace: string): Promise<KubernetesObject[]> {
    const { resources } = await register(() => new PreviewAccess("preview", { group, namespace }));
    const access = resources.objects.map(({ inputs }) => inputs);
    accepted(apply(access));
    // The API server learns of a policy a moment after it is there.
    await waitFor("the policy to be enforced", 30, () => {
        return NOT_A_DRY_RUN.test(apply([configMap("probe", namespace)], group).output);
    });
    accepted(kubectl(["delete", "configmap", "probe", "-n", namespace, "--ignore-not-found"]));
    return access;
}

/** Takes back what {@link allowPreviews} gave. */
function forbidPreviews(access: readonly KubernetesObject[]): void {
    kubectl(["delete", "--ignore-not-found", "-f", "-"], undefined, toYamlStream(access));
}

/** Makes the service accounts that preview. */
async function makePreviewers(): Promise<void> {
    accepted(apply([{ apiVersion: "v1", kind: "Namespace", metadata: { name: PREVIEWERS } }]));
    await waitFor("the service account", 30, () => {
        return kubectl(["get", "serviceaccount", "default", "-n", PREVIEWERS]).ok;
    });
}

function removePreviewers(): void {
    accepted(kubectl(["delete", "namespace", PREVIEWERS, "--ignore-not-found"]));
}

/** The lab's kubeconfig for a service account of a namespace. */
function kubeconfigOf(namespace: string): string {
    const kubeconfig = parse(readFileSync(LAB.kubeconfig, "utf8")) as { users: object[] };
    const token = kubectl(["create", "token", "default", "-n", namespace]);
    accepted(token);
    const users = kubeconfig.users.map((each) => ({
        ...each,
        user: { token: token.output.trim() },
    }));
    return stringify({ ...kubeconfig, users });
}

/** The permissions of a group in the namespace: all. */
function everythingFor(group: string): KubernetesObject {
    return {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata: { name: "everything", namespace: NAMESPACE },
        roleRef: {
            apiGroup: "rbac.authorization.k8s.io",
            kind: "ClusterRole",
            name: "cluster-admin",
        },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: group }],
    } as KubernetesObject;
}

/**
 * A real API server decides about requests of the group. What no lab has is left out: the AWS load balancer controller's
 * TargetGroupBinding, and EKS's way from an IAM role to the group.
 */
describe("PreviewAccess", () => {
    let cluster: Cluster;
    let access: KubernetesObject[];
    let stacks: { statefulSets: KubernetesObject[]; strimzi: KubernetesObject[] };

    before(async () => {
        await requireLab();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
        await applyStrimziCrds();
        accepted(kubectl(["create", "namespace", NAMESPACE]));
        // As an `up` leaves it.
        const remembered = ["kafka-eks/owner=kafka-eks/test", "kafka-eks/min-insync-replicas=2"];
        accepted(kubectl(["annotate", "namespace", NAMESPACE, ...remembered]));
        await makePreviewers();
        const render = async (config: Record<string, string>) =>
            (await renderStack({ stack: "test", config })).objects.filter(
                ({ kind }) => kind !== "Secret",
            );
        stacks = {
            statefulSets: await render(
                labConfig("nodePort", { namespace: NAMESPACE, basePort: NODE_PORTS.previewAccess }),
            ),
            strimzi: await render(
                await strimziLabConfig("nodePort", NAMESPACE, { installOperator: false }),
            ),
        };
        access = await allowPreviews(GROUP, NAMESPACE);
    });

    after(async () => {
        forbidPreviews(access);
        await cluster.deleteNamespace();
        removePreviewers();
    });

    it("lets the group try all objects of a stack of StatefulSets, but for Secrets", () => {
        accepted(apply(stacks.statefulSets, GROUP, "--dry-run=server"));
    });

    it("lets the group try all objects of a Strimzi stack", () => {
        accepted(apply(stacks.strimzi, GROUP, "--dry-run=server"));
    });

    it("lets the group try a new object the other way, and what only the cluster has", () => {
        const [first] = stacks.statefulSets.filter(({ kind }) => kind === "StatefulSet");
        const input = toYamlStream([first!, configMap("new")]);
        accepted(kubectl(["create", "--dry-run=server", "-f", "-"], GROUP, input));
        const storageClass = {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: NAMESPACE },
            provisioner: "example.com/none",
        } as KubernetesObject;
        accepted(apply([storageClass], GROUP, "--dry-run=server"));
        const { output: crd } = kubectl(["get", "crd", CRD, "-o", "yaml"], GROUP);
        accepted(kubectl(["replace", "--dry-run=server", "-f", "-"], GROUP, crd));
    });

    it("lets the real Pulumi preview as the group, and forbids it nothing but Secrets", async () => {
        const engine = await requireEngine();
        const directory = mkdtempSync(join(tmpdir(), "kafka-eks-preview-"));
        const kubeconfig = join(directory, "kubeconfig");
        const config = {
            ...labConfig("none", { namespace: NAMESPACE }),
            "kafka-eks:kubeconfig": kubeconfig,
        };
        const stack = await openStack({ stack: "test", config, directory, engine });
        const preview = async (namespace: string) => {
            writeFileSync(kubeconfig, kubeconfigOf(namespace), { mode: 0o600 });
            const { changeSummary, stdout } = await stack.preview();
            return { created: changeSummary.create, output: stdout };
        };
        const asGroup = await preview(PREVIEWERS);
        const asNobody = await preview(NOBODY);
        rmSync(directory, { recursive: true });
        // Some providers create by a patch.
        const forbidden = asGroup.output.matchAll(/cannot (?:create|patch) resource "(\w+)"/g);
        assert.deepEqual(
            [...new Set(Array.from(forbidden, ([, resource]) => resource))],
            ["secrets"],
        );
        assert.doesNotMatch(asGroup.output, /cannot (?!create|patch)\w+ resource/);
        // Without permissions Pulumi goes by what it knows itself, so that it succeeds proves nothing.
        assert.match(asNobody.output, NO_RIGHT);
        assert.equal(asGroup.created, asNobody.created);
    });

    it("shows the group its own permissions", () => {
        for (const { kind, metadata } of access) {
            accepted(kubectl(["get", kind!, metadata!.name!, "-n", NAMESPACE], GROUP));
        }
        accepted(kubectl(["auth", "can-i", "patch", "statefulsets", "-n", NAMESPACE], GROUP));
    });

    it("refuses the group every object of both stacks for real", async () => {
        for (const object of [...stacks.statefulSets, ...stacks.strimzi]) {
            refused(apply([object], GROUP), NOT_A_DRY_RUN);
        }
        assert.deepEqual(await cluster.contents(), []);
    });

    it("refuses the group what no preview needs", () => {
        accepted(apply([configMap("theirs")]));
        const tries = [
            ["delete", "configmap", "theirs", "-n", NAMESPACE],
            ["delete", "configmap", "theirs", "-n", NAMESPACE, "--dry-run=server"],
            ["delete", "namespace", NAMESPACE],
            ["get", "secrets", "-n", NAMESPACE],
            ["get", "secrets", "-n", "kube-system"],
            ["get", "configmaps", "-n", "kube-system"],
            ["exec", "kafka-0", "-n", NAMESPACE, "--", "true"],
        ];
        for (const args of tries) {
            refused(kubectl(args, GROUP), NO_RIGHT);
        }
    });

    // No admission policy guards admission policies, so this is up to the permissions alone.
    it("keeps the policy and the permissions from the group, in a dry run too", () => {
        for (const { kind, metadata } of access) {
            const target = [kind!, metadata!.name!, "-n", NAMESPACE];
            refused(kubectl(["delete", ...target], GROUP), NO_RIGHT);
            const labels = ["label", "--overwrite", ...target, "changed=true"];
            refused(kubectl(labels, GROUP), NO_RIGHT);
            refused(kubectl([...labels, "--dry-run=server"], GROUP), NO_RIGHT);
        }
    });

    describe("where the group has all permissions in the namespace", () => {
        before(async () => {
            accepted(apply([everythingFor(GROUP), configMap("theirs")]));
            const pod = {
                ...configMap("waiting"),
                kind: "Pod",
                // It never runs: admission comes before anyone looks for the pod's node.
                spec: {
                    nodeSelector: { none: "none" },
                    containers: [{ name: "none", image: LAB.image }],
                },
            };
            accepted(apply([pod]));
            await waitFor("the permissions", 30, () => {
                return kubectl(["get", "secrets", "-n", NAMESPACE], GROUP).ok;
            });
        });

        const tries: Readonly<Record<string, readonly string[]>> = {
            "a deletion": ["delete", "configmap", "theirs"],
            "the deletion of all": ["delete", "configmaps", "--all"],
            "a change": ["label", "configmap", "theirs", "changed=true"],
            "a new object": ["create", "configmap", "new"],
            "a change of a subresource": [
                "patch",
                "pod",
                "waiting",
                "--subresource=status",
                "--type=merge",
                '-p={"status":{"message":"changed"}}',
            ],
            "a command in a pod": ["exec", "waiting", "--", "true"],
            "a request to a pod": [
                "get",
                "--raw",
                `/api/v1/namespaces/${NAMESPACE}/pods/waiting:9092/proxy/`,
            ],
            "an eviction": ["create", "--raw", eviction("waiting"), "-f", "-"],
        };
        for (const [what, args] of Object.entries(tries)) {
            it(`refuses it ${what}`, () => {
                const input = what === "an eviction" ? evictionOf("waiting") : "";
                refused(kubectl(["-n", NAMESPACE, ...args], GROUP, input), NOT_A_DRY_RUN);
            });
        }

        it("allows it the dry run of a deletion", () => {
            const args = ["delete", "configmap", "theirs", "--dry-run=server"];
            accepted(kubectl(["-n", NAMESPACE, ...args], GROUP));
        });
    });

    it("leaves others with the same permissions alone", async () => {
        accepted(apply([everythingFor(OTHERS)]));
        await waitFor("the permissions", 30, () => {
            return kubectl(["get", "secrets", "-n", NAMESPACE], OTHERS).ok;
        });
        accepted(apply([configMap("mine")], OTHERS));
        accepted(kubectl(["-n", NAMESPACE, "label", "configmap", "mine", "changed=true"], OTHERS));
        accepted(kubectl(["-n", NAMESPACE, "delete", "configmap", "mine"], OTHERS));
    });
});

/**
 * The command of the workflow `drift` against a stack that is there, as the group that previews. One broker and one member of
 * ZooKeeper have every kind of object that a refresh reads.
 */
describe("The nightly look for drift, by the Pulumi engine", function () {
    skipAfterFailure();

    const namespace = "kafka-test-drift";
    const [{ command }] = commandsOf("drift", "drift") as [{ command: string }];
    let directory: string;
    let test: StackUnderTest;
    let access: KubernetesObject[] = [];

    /** Makes the stack's kubeconfig that of a namespace's service account, or without one that of the lab, which has all permissions. */
    const connectAs = (who?: string) => {
        const content =
            who === undefined ? readFileSync(LAB.kubeconfig, "utf8") : kubeconfigOf(who);
        writeFileSync(join(directory, "kubeconfig"), content, { mode: 0o600 });
    };

    before(async () => {
        directory = mkdtempSync(join(tmpdir(), "kafka-eks-drift-"));
        test = await StackUnderTest.open(namespace, () => ({
            ...labConfig("none", { namespace }),
            // The path is part of the provider, in which another one would be a change; what is in the file is not.
            "kafka-eks:kubeconfig": join(directory, "kubeconfig"),
        }));
        connectAs();
        await test.configureFields("kafka", { replicas: 1 });
        await test.configureFields("zookeeper", { replicas: 1 });
        await test.configureTopics({ name: "messages", partitions: 1 });
        await test.deploy();
        await makePreviewers();
        access = await allowPreviews(GROUP, namespace);
        connectAs(PREVIEWERS);
    });

    after(async () => {
        if (test !== undefined) {
            connectAs();
            await test.close();
        }
        forbidPreviews(access);
        removePreviewers();
        rmSync(directory, { recursive: true, force: true });
    });

    it("finds nothing where nobody changed anything, though it may not read the stack's Secret", async () => {
        const readSecret = ["get", "secret", "zookeeper-auth", "-n", namespace];
        accepted(kubectl(readSecret));
        refused(kubectl(readSecret, GROUP), NO_RIGHT);
        assert.match(await test.workflowCommand(command), /^Resources:\n +\d+ unchanged$/m);
    });

    it("fails where something was changed by hand, and shows it", async () => {
        const change = JSON.stringify({ data: { "listeners.json": "changed" } });
        const target = ["configmap", "kafka-listeners", "-n", namespace];
        accepted(kubectl(["patch", ...target, "--type=merge", `-p=${change}`]));
        await assert.rejects(test.workflowCommand(command), ({ message }: Error) => {
            assert.match(
                message,
                /~ kubernetes:core\/v1:ConfigMap: \(update\)\n +\[id=kafka-test-drift\/kafka-listeners\]/,
            );
            assert.match(message, /^Resources:\n +~ 1 to update\n +\d+ unchanged$/m);
            assert.match(message, /no changes were expected for refresh but changes were proposed/);
            return true;
        });
    });
});

function eviction(pod: string): string {
    return `/api/v1/namespaces/${NAMESPACE}/pods/${pod}/eviction`;
}

function evictionOf(pod: string): string {
    return JSON.stringify({
        apiVersion: "policy/v1",
        kind: "Eviction",
        metadata: { name: pod, namespace: NAMESPACE },
    });
}
