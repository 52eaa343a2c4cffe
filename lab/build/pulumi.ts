import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { VERSIONS } from "../versions";
import { type Artifact } from "./cache";
import { goArtifact, moduleFolder } from "./golang";

const PROVIDER = "github.com/pulumi/pulumi-kubernetes/provider/v4";

const cli = goArtifact(
    "the Pulumi CLI, about 6 minutes on 2 cores,",
    "pulumi",
    VERSIONS.pulumi,
    "tool",
    `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${VERSIONS.pulumi}`,
);

/**
 * Pulumi's CLI, where the Automation API looks for it below a root. It comes without language hosts: no registry of
 * modules has that of Node.js.
 */
export const pulumiCli: Artifact = {
    ...cli,
    build: (folder, say) => {
        const programs = join(folder, "bin");
        mkdirSync(programs);
        return cli.build(programs, say);
    },
};

/** Pulumi's provider for Kubernetes. */
export const pulumiKubernetes: Artifact = goArtifact(
    "Pulumi's Kubernetes provider, about 5 minutes on 2 cores,",
    "pulumi-resource-kubernetes",
    VERSIONS.pulumiKubernetes,
    ".",
    `-X ${PROVIDER}/pkg/version.Version=${VERSIONS.pulumiKubernetes}`,
    async () => {
        const source = join(
            await moduleFolder("pulumi-resource-kubernetes", PROVIDER),
            "cmd",
            "pulumi-resource-kubernetes",
        );
        return Object.fromEntries(
            ["schema.json", "terraform-mapping.json"].map((file) => [file, join(source, file)]),
        );
    },
);
