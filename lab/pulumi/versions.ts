import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { credentials } from "@grpc/grpc-js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { version as sdk } from "@pulumi/pulumi/version";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { KUBERNETES_PROVIDER } from "./build";
import { findOnPath } from "../onPath";
import { type Engine, NODE_HOST } from "./find";

/** What really runs when a stack is deployed, for reports. */
export interface EngineVersions {
    /** Pulumi's CLI. */
    readonly cli: string;
    /** Pulumi's SDK. */
    readonly sdk: string;
    /** The provider for Kubernetes that is on the engine's PATH; without one, Pulumi takes the SDK's. */
    readonly kubernetesProvider: string;
    /** Whether Pulumi's language host for Node.js is there. */
    readonly nodeHost: boolean;
}

/** Asks the engine's programs for their versions. */
export async function engineVersions({ pulumi, path }: Engine): Promise<EngineVersions> {
    const provider = findOnPath(KUBERNETES_PROVIDER, path);
    return {
        cli: String(pulumi.version),
        sdk,
        kubernetesProvider: provider === undefined ? "the SDK's" : await pluginVersion(provider),
        nodeHost: findOnPath(NODE_HOST, path) !== undefined,
    };
}

/** What a plugin says of itself: it serves until its stdin ends or it is ended, at the port that it prints. */
async function pluginVersion(program: string): Promise<string> {
    // It wants an engine's address, which it does not call before it has something to do.
    const plugin = spawn(program, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "ignore"] });
    try {
        const [port] = (await once(createInterface({ input: plugin.stdout }), "line")) as [string];
        const client = new ResourceProviderClient(
            `127.0.0.1:${port}`,
            credentials.createInsecure(),
        );
        const info = await new Promise<PluginInfo>((resolve, reject) => {
            client.getPluginInfo(new Empty(), (error, answer) =>
                error === null ? resolve(answer) : reject(error),
            );
        });
        client.close();
        return info.getVersion();
    } finally {
        plugin.kill();
    }
}
