
// What the tests add to LocalSettings.php: people come signed in by a header, as with the extension Auth_remoteuser.
$wgServer = WebRequest::detectServer( false );
$wgUsePathInfo = true;
$wgArticlePath = '/index.php/$1';
$wgGroupPermissions['*']['autocreateaccount'] = true;
class HeaderSession extends MediaWiki\Session\ImmutableSessionProviderWithCookie {
	public function provideSessionInfo( WebRequest $request ) {
		$user = MediaWiki\Session\UserInfo::newFromName( $_SERVER['HTTP_X_FORWARDED_USER'] ?? '', true );
		return new MediaWiki\Session\SessionInfo( $this->priority, [
			'provider' => $this, 'id' => $this->getSessionIdFromCookie( $request ), 'userInfo' => $user, 'persisted' => true, 'forceUse' => true,
		] );
	}
}
if ( ( $_SERVER['HTTP_X_FORWARDED_USER'] ?? '' ) !== '' ) {
	$wgSessionProviders[] = [ 'class' => HeaderSession::class, 'args' => [ [ 'priority' => 100, 'sessionCookieName' => 'HeaderSession' ] ] ];
}
