import type { types } from "@pulumi/kubernetes";

/** Volumes of a pod, and where a container has them. */
export interface Mounts {
    readonly volumes: readonly types.input.core.v1.Volume[];
    readonly volumeMounts: readonly types.input.core.v1.VolumeMount[];
}

/** A value of a Secret as a file. */
export interface SecretFile {
    /** Name of the file. */
    readonly path: string;
    readonly secret: string;
    readonly key: string;
}

/** Values of Secrets as the files of a directory; a pod can have one such directory. */
export function secretFiles(directory: string, files: readonly SecretFile[]): Mounts {
    const name = "secrets";
    return {
        volumes: [
            {
                name,
                projected: {
                    // For the group, which every container runs with.
                    defaultMode: 0o440,
                    sources: files.map(({ path, secret, key }) => ({
                        secret: { name: secret, items: [{ key, path }] },
                    })),
                },
            },
        ],
        volumeMounts: [{ name, mountPath: directory, readOnly: true }],
    };
}
