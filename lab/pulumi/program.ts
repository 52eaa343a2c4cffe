/** The program as Pulumi's Automation API runs it, again and again in one process. It is loaded when it first runs. */
export async function program(): Promise<Record<string, unknown>> {
    const { deployStack } = await import("../../program/deploy.js");
    return deployStack();
}
