import type { V1Container, V1PodSpec, V1SecurityContext, V1Volume } from "@kubernetes/client-node";

/** Types of volumes that the standard admits. */
const VOLUME_TYPES = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/**
 * What of a pod the `restricted` Pod Security Standard does not admit, with what it takes over from `baseline`.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violations(spec: V1PodSpec): string[] {
    const { hostNetwork, hostPID, hostIPC, volumes = [] } = spec;
    const containers = [...(spec.initContainers ?? []), ...spec.containers];
    return [
        ...(hostNetwork === true ? ["hostNetwork"] : []),
        ...(hostPID === true ? ["hostPID"] : []),
        ...(hostIPC === true ? ["hostIPC"] : []),
        ...volumes
            .filter((volume) => !isAdmitted(volume))
            .map(({ name }) => `volume ${name} of another type`),
        ...containers.flatMap((container) =>
            ofContainer(container, spec).map((text) => `${container.name}: ${text}`),
        ),
    ];
}

function ofContainer({ securityContext = {}, ports = [] }: V1Container, spec: V1PodSpec): string[] {
    const { privileged, allowPrivilegeEscalation, capabilities = {} } = securityContext;
    // What the container says counts more than what its pod says.
    const { runAsNonRoot, runAsUser, seccompProfile }: V1SecurityContext = {
        ...spec.securityContext,
        ...securityContext,
    };
    const added = (capabilities.add ?? []).filter((each) => each !== "NET_BIND_SERVICE");
    return [
        ...(privileged === true ? ["privileged"] : []),
        ...(allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation is not false"]),
        ...(capabilities.drop?.includes("ALL") ? [] : ["capabilities.drop without ALL"]),
        ...added.map((capability) => `capability ${capability}`),
        ...(runAsNonRoot === true ? [] : ["runAsNonRoot is not true"]),
        ...(runAsUser === 0 ? ["runAsUser is 0"] : []),
        ...(["RuntimeDefault", "Localhost"].includes(seccompProfile?.type ?? "")
            ? []
            : ["no seccompProfile"]),
        ...ports.flatMap(({ hostPort }) => (hostPort ? [`hostPort ${hostPort}`] : [])),
    ];
}

function isAdmitted({ name: _, ...sources }: V1Volume): boolean {
    return Object.entries(sources)
        .filter(([, source]) => source !== undefined)
        .every(([type]) => VOLUME_TYPES.includes(type));
}
