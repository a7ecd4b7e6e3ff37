/** https://axios-http.com/docs/intro. Only allowed hosts. */
declare module 'axios' {
  interface AxiosRequestConfig {
    url?: string;
    method?: string;
    baseURL?: string;
    headers?: any;
    params?: any;
    paramsSerializer?: any;
    data?: any;
    timeout?: number;
    timeoutErrorMessage?: string;
    auth?: { username: string; password: string };
    responseType?: 'arraybuffer' | 'json' | 'text' | 'stream' | 'document' | 'blob';
    maxRedirects?: number;
    validateStatus?: ((status: number) => boolean) | null;
    transformRequest?: any;
    transformResponse?: any;
    signal?: AbortSignal;
    httpAgent?: any;
    httpsAgent?: any;
    proxy?: any;
    [option: string]: any;
  }
  interface AxiosResponse<T = any> { data: T; status: number; statusText: string; headers: any; config: AxiosRequestConfig; request?: any; }
  interface InterceptorManager<V> { use(fulfilled?: ((value: V) => any) | null, rejected?: (error: any) => any, options?: any): number; eject(id: number): void; clear(): void; }
  interface AxiosInstance {
    <T = any>(config: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    <T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    defaults: AxiosRequestConfig;
    interceptors: { request: InterceptorManager<AxiosRequestConfig>; response: InterceptorManager<AxiosResponse> };
    request<T = any>(config: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    request<T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    getUri(config?: AxiosRequestConfig): string;
    create(config?: AxiosRequestConfig): AxiosInstance;
    get<T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    delete<T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    head<T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    options<T = any>(url: string, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    post<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    put<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    patch<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    postForm<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    putForm<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
    patchForm<T = any>(url: string, data?: any, config?: AxiosRequestConfig): Promise<AxiosResponse<T>>;
  }
  class AxiosError<T = any> extends Error {
    constructor(message?: string, code?: string, config?: any, request?: any, response?: any);
    code?: string;
    status?: number;
    config?: AxiosRequestConfig;
    request?: any;
    response?: AxiosResponse<T>;
    isAxiosError: boolean;
    toJSON(): any;
  }
  interface AxiosStatic extends AxiosInstance {
    Axios: any;
    AxiosError: typeof AxiosError;
    AxiosHeaders: any;
    CanceledError: any;
    Cancel: any;
    CancelToken: any;
    VERSION: string;
    HttpStatusCode: Record<string, number>;
    isAxiosError(error: any): error is AxiosError;
    isCancel(error: any): boolean;
    all<T>(requests: (T | Promise<T>)[]): Promise<T[]>;
    spread(callback: (...args: any[]) => any): (list: any[]) => any;
    toFormData(data: any, form?: any, options?: any): any;
    formToJSON(form: any): any;
    mergeConfig(a: any, b: any): any;
    getAdapter(adapters?: any): any;
    axios: AxiosStatic;
    default: AxiosStatic;
  }
  const axios: AxiosStatic;
  export = axios;
}
