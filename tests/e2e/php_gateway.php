<?php
// A gateway that shares no line with the console: it takes a request only where openssl_verify says so, once with PHP's
// default (SHA-1), once with SHA-256, and pays an order when it is asked about the second time.
//
//   GATEWAY=folder php -n -S 127.0.0.1:0 php_gateway.php
//
// The folder holds account.txt, digest.txt (sha1 or sha256), payment.pem and payout.pem (public halves); the gateway keeps
// its orders in orders.json and what it was asked in requests.jsonl there.

declare(strict_types=1);
error_reporting(E_ALL);

$folder = getenv('GATEWAY');
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$body = file_get_contents('php://input');

function answer(int $status, array $fields): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    echo json_encode($fields);
    exit;
}

function is_signed(string $folder, string $path, string $body): bool
{
    $key = str_starts_with($path, '/v1/payment') ? 'payment' : 'payout';
    $public = openssl_pkey_get_public(file_get_contents("$folder/$key.pem"));
    $sign = base64_decode($_SERVER['HTTP_SIGN'] ?? '', true);
    if ($public === false || $sign === false) {
        return false;
    }
    $is_sha256 = trim(file_get_contents("$folder/digest.txt")) === 'sha256';
    $verified = $is_sha256
        ? openssl_verify($body, $sign, $public, OPENSSL_ALGO_SHA256)
        : openssl_verify($body, $sign, $public);
    return $verified === 1;
}

function service(string $code, string $method): array
{
    return ['method' => $method, 'currency' => 'RUB', 'service_code' => $code, 'status' => 'active'];
}

function create(string $folder, array $request): never
{
    $orders = json_decode(file_get_contents("$folder/orders.json"), true);
    if (isset($orders[$request['order_id']])) {
        answer(400, ['message' => 'The given data was invalid.', 'errors' => ['order_id' => ['already taken']]]);
    }
    $id = 700000001 + count($orders);
    $orders[$request['order_id']] = ['id' => $id, 'body' => $request, 'asks' => 0];
    file_put_contents("$folder/orders.json", json_encode($orders));
    $shown = $request['service'] === 'payment_card_number_card'
        ? ['cardNumber' => '2200701553017648', 'cardHolderName' => 'IVAN S.']
        : ['url' => 'https://pay-merchant.alikassa.com/' . $id];
    answer(200, ['id' => $id, 'payment_status' => 'wait', ...$shown]);
}

function status(string $folder, array $request): never
{
    $orders = json_decode(file_get_contents("$folder/orders.json"), true);
    $order_id = $request['order_id'] ?? '';
    if (!isset($orders[$order_id])) {
        answer(400, ['message' => 'The given data was invalid.', 'errors' => ['order_id' => ['not found']]]);
    }
    $orders[$order_id]['asks'] += 1;
    file_put_contents("$folder/orders.json", json_encode($orders));
    $order = $orders[$order_id];
    $state = $order['asks'] < 2 ? 'wait' : 'paid';
    answer(200, ['id' => $order['id'], 'order_id' => $order_id, 'payment_status' => $state,
        'amount' => $order['body']['amount'] . '0000000']);
}

$is_account = ($_SERVER['HTTP_ACCOUNT'] ?? '') === trim(file_get_contents("$folder/account.txt"));
$is_taken = $_SERVER['REQUEST_METHOD'] === 'POST' && $is_account && is_signed($folder, $path, $body);
$line = json_encode(['path' => $path, 'body' => $body, 'taken' => $is_taken, 'agent' => $_SERVER['HTTP_USER_AGENT'] ?? '']);
file_put_contents("$folder/requests.jsonl", $line . "\n", FILE_APPEND | LOCK_EX);
if (!$is_taken) {
    answer(401, ['message' => 'Unauthenticated.']);
}
$request = json_decode($body, true);
match ($path) {
    '/v1/account/balance' => answer(200, ['currency' => 'RUB', 'balance' => '250000.00000000', 'hold' => '0.00000000',
        'rolling_reserve' => '0.00000000', 'pending_payouts' => '0.00000000']),
    '/v1/account/info' => answer(200, ['is_allowed_payment' => true, 'is_allowed_payout' => true,
        'payments' => [service('payment_card_number_rub_hpp', 'payment_card'),
            service('payment_card_number_card', 'payment_card')],
        'payouts' => [service('payment_card_sbp_rub', 'sbp'), service('virtual_account_rub', 'account')]]),
    '/v1/payment/history' => answer(200, ['data' => [], 'meta' => ['current_page' => 1, 'total' => 0]]),
    '/v1/payout', '/v1/payment' => create($folder, $request),
    '/v1/payout/status', '/v1/payment/status' => status($folder, $request),
    default => answer(404, ['message' => 'Not found']),
};
