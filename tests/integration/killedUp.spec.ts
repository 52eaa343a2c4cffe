import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { KubernetesObjectApi, type KubernetesObject } from "@kubernetes/client-node";
import * as k8s from "@pulumi/kubernetes";
import type { CustomResourceOptions } from "@pulumi/pulumi";
import { LocalWorkspace, type Stack } from "@pulumi/pulumi/automation";
import { passwordSecret } from "../../components/kafka/passwordSecret";
import { interruptible } from "../../components/live/helmRelease";
import { CONTAINER_SECURITY_CONTEXT, POD_SECURITY_CONTEXT } from "../../components/kubernetes/pods";
import { hashedJob, jobMetadata } from "../../components/statefulset/jobs";
import { repeatable } from "../../components/statefulset/repeatableJob";
import { PROJECT } from "../../config";
import type { StackConfig } from "../../config/stackConfig";
import { LAB } from "../../lab";
import { type Engine, requireEngine } from "../../lab/pulumi/find";
import { makeProject } from "../../lab/pulumi/project";
import type { Foundation } from "../../program/foundation";
import { rememberFirstName } from "../../program/firstName";
import { createProviders } from "../../program/providers";
import { REPOSITORY } from "../../tools/cli/repository";
import { Cluster, loadKubeConfig, waitFor } from "../support/cluster";
import { LiveCluster } from "../../components/live/cluster";
import { killEngine } from "../support/killEngine";
import { requireLab } from "../support/lab";

const NAMESPACE = "kafka-test-killed";
const PAUSE = "docker.io/lab/pause:1";
/** Field manager of a run whose end nobody has seen. */
const KILLED = "pulumi-kubernetes-killed";

type Providers = Pick<Foundation, "cluster" | "live">;

/** Registers what a test wants, with the program's own providers for the lab. */
function programOf(register: (providers: Providers) => void) {
    return () => {
        const connection = { kubeconfig: LAB.kubeconfig, kubeContext: LAB.context } as StackConfig;
        register(
            createProviders(
                connection,
                rememberFirstName(),
                undefined,
                (each) => new LiveCluster(each),
            ),
        );
        return Promise.resolve({});
    };
}

const metadata = (name: string, annotations: Record<string, string> = {}) => ({
    name,
    namespace: NAMESPACE,
    annotations,
});

/** A pod template that the namespace admits; the label says which version it is. */
const template = (version: string, image: string) => ({
    metadata: { labels: { app: "test", version } },
    spec: {
        automountServiceAccountToken: false,
        securityContext: POD_SECURITY_CONTEXT,
        containers: [{ name: "main", image, securityContext: CONTAINER_SECURITY_CONTEXT }],
    },
});

/** An object of each kind that the program makes, but for Jobs and Helm releases. */
function objectsOf(version: string, image = PAUSE): KubernetesObject[] {
    const selector = { matchLabels: { app: "test" } };
    const rule = { apiGroups: [""], resources: ["pods"], resourceNames: [version], verbs: ["get"] };
    const cluster = { name: NAMESPACE };
    return [
        { apiVersion: "v1", kind: "ConfigMap", metadata: metadata("config"), data: { version } },
        {
            apiVersion: "v1",
            kind: "Secret",
            metadata: metadata("secret"),
            data: { version: Buffer.from(version).toString("base64") },
        },
        {
            apiVersion: "v1",
            kind: "Service",
            // It has no pods.
            metadata: metadata("service", { "pulumi.com/skipAwait": "true" }),
            spec: { selector: { app: "test", version }, ports: [{ name: "kafka", port: 9092 }] },
        },
        {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            // No pod binds it.
            metadata: metadata("claim", { version, "pulumi.com/skipAwait": "true" }),
            spec: {
                accessModes: ["ReadWriteOnce"],
                resources: { requests: { storage: "1Mi" } },
            },
        },
        {
            apiVersion: "networking.k8s.io/v1",
            kind: "NetworkPolicy",
            metadata: metadata("policy"),
            spec: { podSelector: { matchLabels: { version } }, policyTypes: ["Ingress"] },
        },
        {
            apiVersion: "policy/v1",
            kind: "PodDisruptionBudget",
            metadata: metadata("budget", { version }),
            spec: { maxUnavailable: 1, selector },
        },
        {
            apiVersion: "apps/v1",
            kind: "StatefulSet",
            metadata: metadata("set"),
            spec: {
                serviceName: "set",
                replicas: 1,
                // Kubernetes replaces a pod that never got ready only with this policy.
                podManagementPolicy: "Parallel",
                selector,
                template: template(version, image),
            },
        },
        {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "Role",
            metadata: metadata("role"),
            rules: [rule],
        },
        {
            apiVersion: "rbac.authorization.k8s.io/v1",
            kind: "ClusterRole",
            metadata: cluster,
            rules: [rule],
        },
        {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { ...cluster, annotations: { version } },
            provisioner: "example.com/none",
        },
    ] as unknown as KubernetesObject[];
}

/** The resource of each kind. */
const RESOURCES: Readonly<
    Record<string, new (name: string, args: never, opts: CustomResourceOptions) => unknown>
> = {
    ConfigMap: k8s.core.v1.ConfigMap,
    Secret: k8s.core.v1.Secret,
    Service: k8s.core.v1.Service,
    PersistentVolumeClaim: k8s.core.v1.PersistentVolumeClaim,
    NetworkPolicy: k8s.networking.v1.NetworkPolicy,
    PodDisruptionBudget: k8s.policy.v1.PodDisruptionBudget,
    StatefulSet: k8s.apps.v1.StatefulSet,
    Role: k8s.rbac.v1.Role,
    ClusterRole: k8s.rbac.v1.ClusterRole,
    StorageClass: k8s.storage.v1.StorageClass,
};

function registerAll(objects: readonly KubernetesObject[], { cluster }: Providers): void {
    for (const { apiVersion: _, kind, ...args } of objects) {
        new RESOURCES[kind!]!(kind!, args as never, { provider: cluster });
    }
}

/** A Job that is named by its content. */
function registerJob(script: string, { cluster, live }: Providers): void {
    const { name, spec } = jobOf(script);
    new k8s.batch.v1.Job(
        "job",
        { metadata: jobMetadata(name, "kafka", NAMESPACE), spec },
        { provider: cluster, ...repeatable("job", live) },
    );
}

function jobOf(script: string) {
    const job = { name: "test", container: "main", image: LAB.image, env: {}, memory: "64Mi" };
    return hashedJob({ ...job, script });
}

const RELEASE = "operator";

/** A Helm release; its values say which version it is. */
function registerRelease(version: string, owner: string, { cluster, live }: Providers): void {
    new k8s.helm.v3.Release(
        "release",
        {
            name: RELEASE,
            namespace: NAMESPACE,
            chart: join(REPOSITORY, "tests/support/standInChart"),
            description: owner,
            atomic: true,
            timeout: 120,
            values: {
                watchNamespaces: [version],
                replicas: 1,
                resources: {},
                securityContext: CONTAINER_SECURITY_CONTEXT,
            },
        },
        { provider: cluster, ...interruptible("release", live, "use that one") },
    );
}

/** What Helm notes before it makes anything. */
function pendingInstall(): KubernetesObject {
    const release = {
        name: RELEASE,
        namespace: NAMESPACE,
        version: 1,
        manifest: "",
        info: { status: "pending-install", description: "Initial install underway" },
        chart: { metadata: { name: "test", version: "1.0.0", apiVersion: "v2" } },
    };
    const packed = gzipSync(JSON.stringify(release)).toString("base64");
    return {
        apiVersion: "v1",
        kind: "Secret",
        metadata: {
            ...metadata(`sh.helm.release.v1.${RELEASE}.v1`),
            labels: { owner: "helm", name: RELEASE, status: "pending-install", version: "1" },
        },
        type: "helm.sh/release.v1",
        data: { release: Buffer.from(packed).toString("base64") },
    } as KubernetesObject;
}

/** What the chart makes, as a run made it that Helm did not finish. */
function unfinishedDeployment(): KubernetesObject {
    const labels = { "strimzi.io/kind": "cluster-operator" };
    return {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: {
            ...metadata("strimzi-cluster-operator", {
                "meta.helm.sh/release-name": RELEASE,
                "meta.helm.sh/release-namespace": NAMESPACE,
            }),
            labels: { "app.kubernetes.io/managed-by": "Helm" },
        },
        spec: {
            replicas: 0,
            selector: { matchLabels: labels },
            template: {
                metadata: { labels },
                spec: { containers: [{ name: "strimzi-cluster-operator", image: PAUSE }] },
            },
        },
    } as KubernetesObject;
}

/**
 * What an `up` finds that comes after a killed one: the program's own providers and hooks, the real engine and provider,
 * a real API server and Helm. The objects are small ones of the same kinds, so that no Kafka has to start.
 */
describe("after an up that was killed, the next one", () => {
    let engine: Engine;
    let cluster: Cluster;
    let api: KubernetesObjectApi;
    let directory: string;

    before(async () => {
        engine = await requireEngine();
        await requireLab();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        api = KubernetesObjectApi.makeApiClient(cluster.kubeConfig);
    });

    beforeEach(async () => {
        directory = mkdtempSync(join(tmpdir(), "kafka-eks-killed-"));
        await cluster.deleteNamespace();
        await cluster.core.createNamespace({ body: { metadata: { name: NAMESPACE } } });
    });

    afterEach(async () => {
        await (await open(() => undefined)).destroy();
        rmSync(directory, { recursive: true });
    });

    after(() => cluster?.deleteNamespace());

    function open(
        register: (providers: Providers) => void,
        stateDirectory = directory,
    ): Promise<Stack> {
        const { workDir, envVars } = makeProject(stateDirectory, engine);
        return LocalWorkspace.createOrSelectStack(
            { stackName: "test", projectName: PROJECT, program: programOf(register) },
            { workDir, envVars, pulumiCommand: engine.pulumi },
        );
    }

    const create = (object: KubernetesObject) => api.create(object, undefined, undefined, KILLED);

    const read = ({ apiVersion, kind, metadata: meta }: KubernetesObject) =>
        api.read({
            apiVersion: apiVersion!,
            kind: kind!,
            metadata: { name: meta!.name!, namespace: meta!.namespace! },
        });

    for (const { kind } of objectsOf("")) {
        it(`takes back what it finds of the kind ${kind}`, async () => {
            const of = (version: string) => objectsOf(version).filter((each) => each.kind === kind);
            const [left] = of("before");
            const { metadata: found } = await create(left!);
            await (await open((providers) => registerAll(of("after"), providers))).up();
            const now = await read(left!);
            assert.equal(now.metadata!.uid, found!.uid);
            const { managedFields: _, ...meta } = now.metadata!;
            const text = JSON.stringify({ ...now, metadata: meta });
            const [before, after] = ["before", "after"].map((version) =>
                [version, Buffer.from(version).toString("base64")].some((one) =>
                    text.includes(`"${one}"`),
                ),
            );
            assert.deepEqual([before, after], [false, true]);
        });
    }

    it("takes back a StatefulSet that never got ready, with the lock and all else as it was left", async () => {
        const set = ({ kind }: KubernetesObject) => kind === "StatefulSet";
        const [broken] = objectsOf("before", "docker.io/lab/nowhere:1").filter(set);
        const up = (await open((providers) => registerAll([broken!], providers))).up();
        const ended = up.then(
            () => assert.fail("it did not wait"),
            () => undefined,
        );
        await waitFor("the StatefulSet", 60_000, () =>
            read(broken!).then(
                () => true,
                () => false,
            ),
        );
        killEngine();
        await ended;
        const stack = await open((providers) =>
            registerAll(objectsOf("after").filter(set), providers),
        );
        await stack.cancel();
        await stack.up();
        const { spec } = (await read(broken!)) as unknown as {
            spec: { template: { metadata: { labels: { version: string } } } };
        };
        assert.equal(spec.template.metadata.labels.version, "after");
    });

    it("writes a generated password anew, but not while somebody uses the one that is there", async () => {
        const stack = await open(({ cluster: provider, live }) => {
            passwordSecret("auth", { metadata: metadata("auth"), live }, { provider });
        });
        const password = Buffer.from("before").toString("base64");
        const left = {
            apiVersion: "v1",
            kind: "Secret",
            metadata: metadata("auth"),
            data: { password },
        } as KubernetesObject;
        const pod = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: metadata("user"),
            spec: {
                ...template("before", PAUSE).spec,
                volumes: [{ name: "auth", secret: { secretName: "auth" } }],
            },
        } as KubernetesObject;
        await create(left);
        await create(pod);
        await assert.rejects(stack.up(), /Secret auth: expected none, .* Next: put the state back/);
        assert.equal(await passwordOf(left), password);
        await api.delete(pod, undefined, undefined, 0);
        await stack.up();
        assert.notEqual(await passwordOf(left), password);
    });

    async function passwordOf(secret: KubernetesObject): Promise<string> {
        return ((await read(secret)) as { data?: { password: string } }).data!.password;
    }

    it("runs a Job again that it finds, whatever that became", async () => {
        const { name, spec } = jobOf("exit 0");
        const { name: other, spec: failing } = jobOf("exit 1");
        assert.notEqual(name, other);
        await create({
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: metadata(name),
            spec: failing,
        } as KubernetesObject);
        await (await open((providers) => registerJob("exit 0", providers))).up();
        const { status } = (await read({
            apiVersion: "batch/v1",
            kind: "Job",
            metadata: metadata(name),
        })) as unknown as { status: { succeeded: number } };
        assert.deepEqual([status.succeeded, spec.backoffLimit], [1, 0]);
    });

    it("applies a list again that was there before one that failed, also when somebody deleted its Job", async () => {
        const apply = async (script: string) =>
            (await open((providers) => registerJob(script, providers))).up();
        await apply("exit 0");
        await assert.rejects(apply("exit 1"), /job/i);
        await apply("exit 0");
        const { name } = jobOf("exit 0");
        await api.delete({ apiVersion: "batch/v1", kind: "Job", metadata: metadata(name) });
        await apply("exit 0 # another list");
        await apply("exit 0");
    });

    it("has Helm make a release that it did not finish, over the objects that are there", async () => {
        await create(pendingInstall());
        await create(unfinishedDeployment());
        const stack = await open((providers) => registerRelease("a", "kafka-eks/test", providers));
        await stack.up();
        assert.deepEqual(await statusesOf(), ["deployed"]);
    });

    it("takes a release of its own that Helm finished, and restarts none of its pods", async () => {
        const register = (providers: Providers) =>
            registerRelease("a", "kafka-eks/test", providers);
        await (await open(register)).up();
        const pods = await podsOf();
        // As if the state had never heard of it.
        const forgetful = mkdtempSync(join(tmpdir(), "kafka-eks-forgetful-"));
        await (await open(register, forgetful)).up();
        rmSync(forgetful, { recursive: true });
        assert.deepEqual([await podsOf(), await statusesOf()], [pods, ["deployed"]]);
    });

    it("leaves a release of somebody else's alone", async () => {
        await (await open((providers) => registerRelease("a", "kafka-eks/other", providers))).up();
        const other = mkdtempSync(join(tmpdir(), "kafka-eks-other-"));
        const stack = await open(
            (providers) => registerRelease("b", "kafka-eks/test", providers),
            other,
        );
        await assert.rejects(stack.up(), /if somebody else made it, use that one/);
        rmSync(other, { recursive: true });
        assert.deepEqual(await statusesOf(), ["deployed"]);
    });

    it("finishes an upgrade that Helm did not finish", async () => {
        const apply = async (version: string) =>
            (await open((providers) => registerRelease(version, "kafka-eks/test", providers))).up();
        await apply("a");
        const pending = pendingInstall();
        pending.metadata!.name = `sh.helm.release.v1.${RELEASE}.v2`;
        Object.assign(pending.metadata!.labels!, { status: "pending-upgrade", version: "2" });
        await create(pending);
        await apply("b");
        assert.deepEqual(await statusesOf(), ["deployed", "superseded"]);
    });

    /** Status of the release's revisions, as Helm notes them. */
    async function statusesOf(): Promise<string[]> {
        const { items } = await cluster.core.listNamespacedSecret({
            namespace: NAMESPACE,
            labelSelector: `owner=helm,name=${RELEASE}`,
        });
        return items.map(({ metadata: meta }) => meta!.labels!["status"]!).sort();
    }

    async function podsOf(): Promise<string[]> {
        const { items } = await cluster.core.listNamespacedPod({ namespace: NAMESPACE });
        return items.map(({ metadata: meta }) => meta!.uid!).sort();
    }
});
