import assert from "node:assert/strict";
import type { types } from "@pulumi/kubernetes";
import { schedulingRules } from "../../../components/kubernetes/pods";
import type { KubernetesObject, Recorded, Registrations } from "../../support/mocks";

/** What a StatefulSet or a Job makes its pods of, as it is registered. */
export type PodTemplate = types.output.core.v1.PodTemplateSpec;
/** The specification of a pod, as it is registered. */
export type Pod = types.output.core.v1.PodSpec;
/** A container of a pod, as it is registered. */
export type Container = types.output.core.v1.Container;

/** The template of a StatefulSet or a Job. */
export function templateOf({ inputs }: Recorded): PodTemplate {
    return (inputs.spec as { template: PodTemplate }).template;
}

/** The only ConfigMap whose name is that and a hash. */
export function hashedConfigMap(resources: Registrations, prefix: string): KubernetesObject {
    const [configMap, ...more] = resources.objects.filter(
        ({ inputs: { kind, metadata } }) =>
            kind === "ConfigMap" &&
            metadata.name.startsWith(`${prefix}-`) &&
            /^[0-9a-f]{16}$/.test(metadata.name.slice(prefix.length + 1)),
    );
    assert.deepEqual(more, []);
    assert.ok(configMap, `no ConfigMap ${prefix}-…`);
    return configMap;
}

/** The name of a ConfigMap, and what is in it. */
interface NamedFiles {
    readonly name: string;
    readonly data: Readonly<Record<string, string>>;
}

/** The ConfigMap with the files of a StatefulSet's pods. */
export function revisionFilesOf(
    resources: Registrations,
    application: "kafka" | "zookeeper",
): NamedFiles {
    return filesOf(hashedConfigMap(resources, `${application}-config`));
}

/** The ConfigMap with what each broker advertises. */
export function advertisedOf(resources: Registrations): NamedFiles {
    return filesOf(hashedConfigMap(resources, "kafka-advertised"));
}

function filesOf({ inputs: { metadata, data } }: KubernetesObject): NamedFiles {
    return { name: metadata.name, data: data as Record<string, string> };
}

/** The only container of a pod. */
export function onlyContainerOf({ containers }: Pod): Container {
    const [container, ...more] = containers;
    assert.deepEqual(more, []);
    return container!;
}

/** The variables of a container by name: the value, or the pod's field that it is taken from. */
export function envOf({ env }: Container): Record<string, string> {
    return Object.fromEntries(
        env.map(({ name, value, valueFrom }) => [name, value ?? valueFrom.fieldRef.fieldPath]),
    );
}

/** Where a container may write and where it may only read, beside its read-only root file system. */
export function pathsOf({ volumeMounts = [] }: Container): { write: string[]; read: string[] } {
    const paths = (isReadOnly: boolean) =>
        volumeMounts
            .filter(({ readOnly = false }) => readOnly === isReadOnly)
            .map(({ mountPath }) => mountPath)
            .sort();
    return { write: paths(false), read: paths(true) };
}

/** Tests what a probe runs, and for how many seconds that may fail. */
export function assertProbe(
    { exec, periodSeconds, failureThreshold }: types.output.core.v1.Probe,
    script: string,
    seconds: number,
): void {
    assert.deepEqual(exec.command, ["bash", `/etc/kafka-eks/${script}`]);
    assert.equal(periodSeconds * failureThreshold, seconds);
}

/** What a pod may do: to the API server, to its node and to its own files. */
export function permissionsOf(pod: Pod): unknown {
    const { automountServiceAccountToken, serviceAccountName, securityContext } = pod;
    const contexts = pod.containers.map((container) => JSON.stringify(container.securityContext));
    return {
        automountServiceAccountToken,
        serviceAccountName,
        securityContext,
        containers: [...new Set(contexts)],
    };
}

/** Tests the permissions of a pod: as few as there can be. */
export function itHasNoPermissions(pod: () => Pod): void {
    it("has no token of the API server and no variables of Services", () => {
        const { automountServiceAccountToken, serviceAccountName, enableServiceLinks } = pod();
        assert.equal(automountServiceAccountToken, false);
        assert.equal(serviceAccountName, undefined);
        assert.equal(enableServiceLinks, false);
    });

    it("runs as an ordinary user, whose group gets a new volume and no terabytes again", () => {
        const { seccompProfile, ...user } = pod().securityContext;
        assert.deepEqual(user, {
            runAsNonRoot: true,
            runAsUser: 1000,
            runAsGroup: 1000,
            fsGroup: 1000,
            fsGroupChangePolicy: "OnRootMismatch",
        });
        assert.deepEqual(seccompProfile, { type: "RuntimeDefault" });
    });

    it("has a read-only root file system, no capabilities and no way to more permissions", () => {
        for (const { name, securityContext } of pod().containers) {
            assert.equal(securityContext.readOnlyRootFilesystem, true, name);
            assert.equal(securityContext.allowPrivilegeEscalation, false, name);
            assert.deepEqual(securityContext.capabilities, { drop: ["ALL"] }, name);
        }
    });
}

type Scheduling = Parameters<typeof schedulingRules>[1];

/** Tests that pods with these labels are scheduled as the configuration says. */
export function itIsScheduled(
    labels: Readonly<Record<string, string>>,
    rulesOf: (scheduling: Scheduling) => ReturnType<typeof schedulingRules>,
): void {
    it("is kept off the hosts and zones of its like, and on the nodes for them", () => {
        for (const scheduling of [
            { spread: "preferred" },
            { spread: "required", placement: { key: "dedicated", value: "kafka" } },
        ] as const) {
            const { affinity, topologySpreadConstraints, tolerations } = rulesOf(scheduling);
            const expected = schedulingRules(labels, scheduling);
            assert.deepEqual(affinity, expected.affinity);
            assert.deepEqual(topologySpreadConstraints, expected.topologySpreadConstraints);
            assert.deepEqual(tolerations, expected.tolerations);
        }
    });
}
