import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import type { Engine } from "../pulumi/find";
import { makeProject } from "../pulumi/project";
import { LAB } from "..";
import type { PreviewedStack } from "./preview";

const PROGRAM = join(__dirname, "emptyProgram");
const STACK = "empty";

/** Deploys a program that makes nothing but a Kubernetes provider, for comparison with one that makes more. */
export async function deployEmptyStack(directory: string, engine: Engine): Promise<PreviewedStack> {
    mkdirSync(directory);
    // Same settings of Pulumi as for the program itself, and another program.
    const { envVars } = makeProject(directory, engine);
    const workDir = join(directory, "empty-project");
    mkdirSync(workDir);
    const settings = parse(readFileSync(join(PROGRAM, "Pulumi.yaml"), "utf8")) as object;
    writeFileSync(join(workDir, "Pulumi.yaml"), stringify({ ...settings, main: PROGRAM }));
    const stack = await LocalWorkspace.createStack(
        { stackName: STACK, workDir },
        { envVars, pulumiCommand: engine.pulumi },
    );
    await stack.setConfig("kubeconfig", { value: LAB.kubeconfig });
    await stack.up({ suppressProgress: true });
    return { stack: STACK, workDir, envVars };
}
