import { ProgramError } from "../components/kafka/programError";
import type { EksConfig, StackConfig } from "../config/stackConfig";
import type { EksCluster } from "./eks";
import type { FirstName } from "./firstName";

/** Packages that only a stack on EKS needs: those of `components/eks/package.json`. */
const PACKAGES = ["@pulumi/aws", "@pulumi/eks"];

/** Makes the AWS side of a stack. */
type CreateEksCluster = (config: StackConfig, firstName: FirstName) => EksCluster;

/**
 * Loads what makes an EKS cluster. It has packages of its own, which other stacks neither load nor need.
 *
 * @throws {@link ProgramError} when a package is not installed.
 */
export async function loadEks(eks: EksConfig): Promise<CreateEksCluster> {
    const installed = PACKAGES.filter(isInstalled);
    if (installed.length < PACKAGES.length) {
        const got = installed.join() || "none";
        throw new ProgramError(
            `platform: expected ${PACKAGES.join(" and ")} installed, got ${got}. Next: npm ci`,
        );
    }
    const { createEksCluster } = await import("./eks.js");
    return (config, firstName) => createEksCluster(eks, config, firstName);
}

function isInstalled(name: string): boolean {
    try {
        require.resolve(name);
        return true;
    } catch {
        return false;
    }
}
