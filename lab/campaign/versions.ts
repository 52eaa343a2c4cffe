import { type KubeConfig, VersionApi } from "@kubernetes/client-node";
import type { Engine } from "../pulumi/find";
import { engineVersions } from "../pulumi/versions";
import type { Versions } from "./rawFile";

/** Versions of Node.js and of what deploys. */
export async function deployingVersions(engine: Engine): Promise<Versions> {
    const { cli, sdk, kubernetesProvider } = await engineVersions(engine);
    return {
        "Node.js": process.versions.node,
        "Pulumi CLI": cli,
        "Pulumi SDK": sdk,
        "Kubernetes provider": kubernetesProvider,
    };
}

/** Version of a Kubernetes, as its API server says it. */
export async function kubernetesVersion(kubeConfig: KubeConfig): Promise<string> {
    return (await kubeConfig.makeApiClient(VersionApi).getCode()).gitVersion;
}
