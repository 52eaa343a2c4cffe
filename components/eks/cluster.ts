/** Logs of the control plane that are kept. */
export const CONTROL_PLANE_LOGS = [
    "api",
    "audit",
    "authenticator",
    "controllerManager",
    "scheduler",
] as const;

/** Kubernetes group of previews in pull requests. */
export const PREVIEW_GROUP = "kafka-eks:preview";
