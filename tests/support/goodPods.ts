import assert from "node:assert/strict";
import type { PlainObject, ProgramRun } from "./mocks";

interface Container {
    readonly name: string;
    readonly image: string;
    readonly resources: {
        readonly requests: Record<string, string>;
        readonly limits: Record<string, string>;
    };
    readonly securityContext: Record<string, unknown>;
    readonly volumeMounts?: readonly { readonly name: string }[];
}

interface PodSpec {
    readonly [field: string]: unknown;
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly securityContext: Record<string, unknown>;
    readonly volumes?: readonly { readonly name: string }[];
}

/** All objects anywhere in a value, with the name of the field that each stands in. */
function objectsIn(value: unknown, field = ""): [field: string, object: PlainObject][] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    const inner = Object.entries(value).flatMap(([key, child]) =>
        objectsIn(child, Array.isArray(value) ? field : key),
    );
    return Array.isArray(value) ? inner : [[field, value as PlainObject], ...inner];
}

/** All objects in what is registered, with the resource. */
function allObjects({ resources }: ProgramRun): [key: string, field: string, PlainObject][] {
    return resources.all.flatMap(({ key, inputs }) =>
        objectsIn(inputs).map(([field, object]): [string, string, PlainObject] => [
            key,
            field,
            object,
        ]),
    );
}

/** Pod specifications, wherever they stand, by the resource. */
function podsOf(run: ProgramRun): [string, PodSpec][] {
    return allObjects(run)
        .filter(([, , object]) => Array.isArray(object.containers))
        .map(([key, , object]) => [key, object as unknown as PodSpec]);
}

function containersOf(run: ProgramRun): Container[] {
    return podsOf(run).flatMap(([, pod]) => [...(pod.initContainers ?? []), ...pod.containers]);
}

/** Volumes that bring nothing of the node and no token of a service account into a pod. */
const VOLUMES = ["configMap", "emptyDir", "projected", "secret"];

/** What the `restricted` standard wants of a container whose pod says nothing. */
const RESTRICTED = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
};

/** What holds for all pods: those that the program makes, and those that it tells operators about. */
export function itMakesGoodPods(program: () => ProgramRun): void {
    it("makes pods, or tells an operator about them", () => {
        const all = allObjects(program());
        assert.ok(podsOf(program()).length + all.filter(isTemplate).length > 0);
    });

    it("pins every image", () => {
        for (const { name, image } of containersOf(program())) {
            assert.match(image, /:[^:/@]+$|@sha256:[0-9a-f]{64}$/, name);
            assert.doesNotMatch(image, /:latest$/, name);
        }
    });

    it("runs every pod under the restricted Pod Security Standard", () => {
        for (const [owner, pod] of podsOf(program())) {
            const { securityContext, hostNetwork, hostPID, hostIPC, volumes } = pod;
            assert.match(owner, /:(Job|StatefulSet) /);
            assert.equal(securityContext.runAsNonRoot, true, owner);
            assert.notEqual(securityContext.runAsUser, 0, owner);
            assert.deepEqual(securityContext.seccompProfile, { type: "RuntimeDefault" }, owner);
            assert.deepEqual([hostNetwork, hostPID, hostIPC], [undefined, undefined, undefined]);
            for (const volume of volumes ?? []) {
                const [type] = Object.keys(volume).filter((field) => field !== "name");
                assert.ok(VOLUMES.includes(type!), `${owner}: ${type}`);
            }
        }
        for (const { name, securityContext } of containersOf(program())) {
            assert.deepEqual(
                securityContext,
                {
                    allowPrivilegeEscalation: false,
                    capabilities: { drop: ["ALL"] },
                    readOnlyRootFilesystem: true,
                },
                name,
            );
        }
    });

    it("gives no pod a token, the variables of Services, or a volume that is not there", () => {
        for (const [owner, pod] of podsOf(program())) {
            assert.equal(pod.automountServiceAccountToken, false, owner);
            assert.equal(pod.serviceAccountName, undefined, owner);
            assert.equal(pod.enableServiceLinks, false, owner);
            const there = ["data", ...(pod.volumes ?? []).map(({ name }) => name)];
            for (const { name } of pod.containers.flatMap((each) => each.volumeMounts ?? [])) {
                assert.ok(there.includes(name), `${owner}: ${name}`);
            }
        }
    });

    it("sets requests and a memory limit for every container, and what it may put on the node's disk", () => {
        for (const { name, resources } of containersOf(program())) {
            assert.ok(resources.requests.cpu, name);
            assert.ok(resources.requests.memory, name);
            assert.equal(resources.limits.memory, resources.requests.memory, name);
            assert.ok(resources.requests["ephemeral-storage"], name);
        }
    });

    it("has Strimzi run every container under the restricted Pod Security Standard", () => {
        const { resources } = program();
        for (const { key, inputs } of resources.all) {
            const expected = strimziContainers(key, inputs);
            const templates = objectsIn(inputs).filter(([field]) => /Container$/.test(field));
            assert.deepEqual(templates.map(([field]) => field).sort(), expected, key);
            for (const [field, template] of templates) {
                const { readOnlyRootFilesystem, ...rest } = template.securityContext as PlainObject;
                assert.deepEqual(rest, RESTRICTED, `${key}: ${field}`);
                assert.equal(readOnlyRootFilesystem, false);
            }
        }
        for (const { key, inputs } of resources.all.filter(isStrimziRelease)) {
            const { securityContext } = inputs.values as PlainObject;
            assert.deepEqual(securityContext, RESTRICTED, key);
        }
    });

    it("selects by its Services and budgets only pods that it makes", () => {
        type Labels = Readonly<Record<string, unknown>>;
        interface Spec {
            readonly template?: { readonly metadata?: { readonly labels: Labels } };
            readonly selector?: Labels & { readonly matchLabels?: Labels };
        }
        const specs = program().resources.objects.map(({ inputs }) => (inputs.spec ?? {}) as Spec);
        const templates = specs.map(({ template }) => template?.metadata?.labels ?? {});
        const selectors = specs
            .map(({ selector = {} }) => selector)
            .map((selector): Labels => selector.matchLabels ?? selector)
            .filter((selector) => Object.keys(selector).length > 0);
        assert.equal(selectors.length > 0, podsOf(program()).length > 0);
        for (const selector of selectors) {
            const selected = templates.filter((labels) =>
                Object.entries(selector)
                    // Kubernetes adds this one to each pod.
                    .filter(([name]) => name !== "statefulset.kubernetes.io/pod-name")
                    .every(([name, value]) => labels[name] === value),
            );
            assert.equal(selected.length, 1, JSON.stringify(selector));
        }
    });
}

function isTemplate([, field]: [string, string, PlainObject]): boolean {
    return /Container$/.test(field);
}

/** Containers that Strimzi runs for a resource of its kinds, by their fields. */
function strimziContainers(key: string, { spec }: PlainObject): string[] {
    const { replicas } = (spec ?? {}) as { replicas?: number };
    if (/kafka\.strimzi\.io\/v1:KafkaNodePool /.test(key) && replicas !== 0) {
        return ["initContainer", "kafkaContainer"];
    }
    return /kafka\.strimzi\.io\/v1:Kafka /.test(key)
        ? ["topicOperatorContainer", "userOperatorContainer"]
        : [];
}

function isStrimziRelease({ type, inputs }: { type: string; inputs: PlainObject }): boolean {
    return type === "kubernetes:helm.sh/v3:Release" && inputs.name === "strimzi-kafka-operator";
}
