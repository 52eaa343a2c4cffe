import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LocalWorkspace, type PulumiCommand, type Stack } from "@pulumi/pulumi/automation";
import { parse, stringify } from "yaml";
import { makeProject } from "../engine/project";
import { LAB } from "../lab";

const PROGRAM = join(__dirname, "emptyProgram");
const STACK = "empty";

/** Deploys a program that makes nothing but a Kubernetes provider, for comparison with one that makes more. */
export async function deployEmptyStack(directory: string, pulumi: PulumiCommand): Promise<Stack> {
    // Same settings of Pulumi as for the program itself, and another program.
    const { workDir, envVars } = makeProject(directory);
    const project = join(workDir, "..", "empty-project");
    mkdirSync(project);
    const settings = parse(readFileSync(join(PROGRAM, "Pulumi.yaml"), "utf8")) as object;
    writeFileSync(join(project, "Pulumi.yaml"), stringify({ ...settings, main: PROGRAM }));
    const stack = await LocalWorkspace.createStack(
        { stackName: STACK, workDir: project },
        { envVars, pulumiCommand: pulumi },
    );
    await stack.setConfig("kubeconfig", { value: LAB.kubeconfig });
    await stack.up({ suppressProgress: true });
    return stack;
}
